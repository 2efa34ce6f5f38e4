import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { CTRL_C, DOWN, openDialogue } from "./terminal.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
});

afterAll(() => world.close());

/** The addresses of the sandbox, and everything about Slack. Init then asks about the token first. */
const slackEnv = () => {
  const { SLACK_BOT_TOKEN = "", SLACK_APP_TOKEN = "", ALERT_CHANNEL = "" } = world.env;
  const addresses = { SLACK_API_URL: world.slack.apiUrl, GRAPH_API_URL: world.graph.url };
  return { ...addresses, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, ALERT_CHANNEL };
};

const folder = (): string => mkdtempSync(join(world.dataDir, "init-"));

const envIn = (cwd: string) => parseEnv(readFileSync(join(cwd, ".env"), "utf8"));

describe("init and the deployed token", () => {
  it.each<[missing: string, answers: readonly string[], text: string]>([
    [
      "a token",
      ["Where is the token?"],
      "! The bot watches no token yet. For the steps to a token, run wa-token guide.",
    ],
    [
      "the IDs",
      [],
      "! The set-up works, but the bot does not check that the token reaches a phone number or an account.",
    ],
  ])("does not call a set-up without %s complete", async (missing, answers, text) => {
    const cwd = folder();
    const slack = { ...slackEnv(), SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "0123456789abcdef".repeat(2) };
    const token = missing === "a token" ? {} : { WHATSAPP_ACCESS_TOKEN: world.tokens.never };
    const { answer, end, shown } = openDialogue(cwd, { env: { ...slack, ...token } });
    for (const question of answers) await answer(question, DOWN.repeat(4));
    if (missing === "a token") await answer("App ID (Enter to skip)");
    else await answer("App secret (Enter to skip)");
    await answer("WhatsApp Business account ID (Enter to skip)");
    await answer("Phone number ID (Enter to skip)");
    await answer("Slack user ID or user group ID (Enter to skip)");
    expect((await end).code).toBe(0);
    expect(shown().replaceAll(/\s+/g, " ")).toContain(text);
    expect(shown()).not.toContain("set-up is complete");
  });

  it("asks whether a source is saved although its token is refused", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "token"), "hello");
    const env = slackEnv();
    const { answer, sees, press, end } = openDialogue(cwd, { env });
    await answer("Where is the token?");
    await answer("Path of the file:", "token");
    await sees("Save this source anyway?");
    press(CTRL_C);
    expect((await end).code).toBe(2);
  });

  it.each<[as: string, keys: string, question: string, wanted: string]>([
    ["the path of a file", "", "Path of the file", "path of the file"],
    ["the path of a .env file", DOWN, "Path of the .env file", "path of the file"],
    ["a variable", DOWN + DOWN, "Name of the variable", "name of the variable"],
  ])("refuses a token as %s, and asks again", async (_as, keys, question, wanted) => {
    const cwd = folder();
    const env = slackEnv();
    const { answer, sees, press, end, shown } = openDialogue(cwd, { env });
    await answer("Where is the token?", keys);
    await answer(question, fakeToken("init"));
    await sees("This is a token");
    await sees(question);
    press(CTRL_C);
    expect((await end).code).toBe(2);
    expect(shown().replaceAll(/\s+/g, " ")).toContain(
      `This is a token, not a ${wanted.slice(0, 4)}. The screen now shows it. If others could see it, revoke it. Enter the ${wanted} that contains it.`,
    );
    expect(readdirSync(cwd)).toEqual([".env"]);
    expect(readFileSync(join(cwd, ".env"), "utf8")).not.toContain(fakeToken("init"));
  });

  describe("a token of another app than META_APP_ID", () => {
    const start = (own: Readonly<Record<string, string>> = {}) => {
      const cwd = folder();
      writeFileSync(join(cwd, "token"), world.tokens.never);
      writeFileSync(
        join(cwd, ".env"),
        `META_APP_ID=${demoIds.otherApp}\nMETA_APP_SECRET=other-app-secret\nWHATSAPP_TOKEN_SOURCE=file:${join(cwd, "token")}\n`,
      );
      const env = { ...slackEnv(), ...own };
      return { cwd, ...openDialogue(cwd, { env }) };
    };

    it("replaces the ID, and removes the old app when the secret is skipped", async () => {
      const { cwd, answer, sees, press, end } = start();
      await answer("Which one is right?");
      await sees("META_APP_SECRET is not the secret of the app");
      await answer("App secret (Enter to skip)");
      await sees("removed from .env");
      await sees("WhatsApp Business account ID");
      press(CTRL_C);
      expect((await end).code).toBe(2);
      expect(envIn(cwd)).toMatchObject({ META_APP_ID: "", META_APP_SECRET: "" });
    });

    it("asks for another token", async () => {
      const { cwd, answer, sees, press, end } = start();
      await answer("Which one is right?", DOWN);
      await sees("Where is the token?");
      press(CTRL_C);
      expect((await end).code).toBe(2);
      expect(envIn(cwd)).toMatchObject({ META_APP_ID: demoIds.otherApp, WHATSAPP_TOKEN_SOURCE: "" });
    });

    it("names the variable of the environment that gives the token", async () => {
      const { answer, end } = start({ WHATSAPP_TOKEN_SOURCE: "env:MINE", MINE: world.tokens.never });
      await answer("Which one is right?", DOWN);
      expect(await end).toEqual({
        code: 2,
        err: "Init does not change WHATSAPP_TOKEN_SOURCE in the environment. Correct it yourself. Then run init again.\n",
      });
    });
  });
});
