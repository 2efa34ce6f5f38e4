import { LogLevel } from "@slack/bolt";
import { describe, expect, it } from "vitest";
import { createAlertClient } from "../../../src/slack/transport/clients.ts";
import { slackLogger } from "../../../src/slack/transport/logger.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { keepLog } from "../../support/keep-log.ts";
import { openLocalSlack } from "../support/local-slack.ts";

const setUp = () => {
  const { log, lines } = keepLog();
  return { logger: slackLogger(log), lines };
};

describe("what Slack's libraries log", () => {
  it("never contains their debug lines, at any level", () => {
    const { logger, lines } = setUp();
    logger.setLevel(LogLevel.DEBUG);
    logger.setName("WebClient");
    logger.debug("payload", { token: "typed" });
    expect(logger.getLevel()).toBe(LogLevel.INFO);
    expect(lines).toEqual([]);
  });

  it.each([
    ["info", 20, "Slack library note"],
    ["warn", 40, "Slack library warning"],
    ["error", 40, "Slack library error"],
  ] as const)("has their %s lines at our level %i with a fixed sentence", (method, level, msg) => {
    const { logger, lines } = setUp();
    logger[method]("no answer", 7, new Error("fetch failed"));
    expect(lines).toMatchObject([{ level, msg, slack: "no answer 7 fetch failed" }]);
  });

  it("has a failed call only at debug, because the caller reports it", async () => {
    const { log, lines } = keepLog();
    const { apiUrl } = await openLocalSlack(() => "reset");
    const client = createAlertClient({ botToken: new Secret("xoxb-sandbox"), apiUrl, log, fetch });
    await expect(client.auth.test()).rejects.toThrow(/./);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter(({ level }) => level !== 20)).toEqual([]);
    expect(JSON.stringify(lines)).toContain("http request failed");
  });

  it.each([
    ["a Meta token", fakeToken("logger")],
    ["a Slack token", ["xoxb", "1".repeat(12), "abcdefabcdef"].join("-")],
    ["an app-level token", ["xapp", "1", "A".repeat(12)].join("-")],
  ])("never shows %s, in texts or errors", (_name, token) => {
    const { logger, lines } = setUp();
    logger.warn(`left ${token} right`, new Error(`around ${token}`));
    logger.error(new Error(token));
    logger.info(token);
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain(token.slice(0, 14));
    expect(JSON.stringify(lines)).toContain("left [redacted] right around [redacted]");
  });

  it("is limited in length, with no half token at the cut", () => {
    const { logger, lines } = setUp();
    logger.warn(`${"x ".repeat(240)}${fakeToken("at the cut")} ${"y".repeat(10_000)}`);
    const [line] = lines;
    expect(String(line?.["slack"]).length).toBeLessThanOrEqual(500);
    expect(JSON.stringify(line)).not.toContain("EAA");
  });

  it("contains no content of a real call, only where Slack found the problem", async () => {
    const { log, lines } = keepLog();
    const messages = ["[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text]"];
    const { apiUrl } = await openLocalSlack(() => ({
      body: { ok: false, error: "invalid_blocks", response_metadata: { messages } },
    }));
    const client = createAlertClient({ botToken: new Secret("xoxb-sandbox"), apiUrl, log, fetch });
    await expect(client.chat.postMessage({ channel: "C1", text: "canary" })).rejects.toThrow("invalid_blocks");
    expect(JSON.stringify(lines)).toContain("json-pointer:/blocks/0/text");
    expect(JSON.stringify(lines)).not.toMatch(/canary|xoxb/);
  });
});
