import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { runCli } from "../../../src/cli/program.ts";
import { readSmallFile } from "../../../src/cli/small-file.ts";
import { createMemoryIo } from "../memory-io.ts";

let world: World;

beforeAll(async () => {
  // Without a watch, doctor is done sooner.
  world = await openWorld({ mode: "socket", env: { WHATSAPP_TOKEN_SOURCE: "" } });
});

afterEach(() => {
  world.slack.faults.clear();
  rmSync(dotenv(), { force: true });
});

afterAll(() => world.close());

const dotenv = (): string => join(world.dataDir, ".env");

const doctor = async (change: Readonly<Record<string, string>> = {}, ...argv: readonly string[]) => {
  const { io, out } = createMemoryIo({ env: { ...world.env, ...change }, cwd: world.dataDir, now: world.clock.now });
  const code = await runCli(["doctor", ...argv], { ...io, readFile: readSmallFile });
  return { code, out: out() };
};

const about = (out: string, topic: string): string =>
  out.split("\n").find((line) => line.slice(11).startsWith(topic)) ?? `no line about ${topic}`;

/** Slack answers one call of a method with this body. */
const answer = (method: string, body: object): void => {
  world.slack.faults.add({ kind: "status", status: 200, body: JSON.stringify({ ok: true, ...body }), method });
};

/** Slack posts the test message, and returns it with these fields. */
const posts = (message: object): void => {
  answer("chat.postMessage", { channel: "C1", ts: "1.1", message });
  answer("chat.delete", {});
};

/** An app-level token of another app, as Slack writes the ID of the app into it. */
const OTHER_APP = ["xapp", "1", "A0OTHERAPP", "1", "of-another-app"].join("-");
const HTTP = { SLACK_APP_TOKEN: "" };

describe("doctor catches a mistake with Slack", () => {
  interface Mistake {
    readonly name: string;
    readonly env?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
    readonly make?: () => void;
    readonly argv?: readonly string[];
    readonly lines: Readonly<Record<string, RegExp>>;
    readonly code: number;
  }

  it.each<Mistake>([
    {
      name: "tokens that are swapped",
      env: () => ({ SLACK_BOT_TOKEN: world.slack.appToken, SLACK_APP_TOKEN: world.slack.botToken }),
      lines: {
        "Configuration: SLACK_BOT_TOKEN":
          /^PROBLEM .*must start with xoxb-; it starts with xapp-, which is the app-level/,
        "Configuration: SLACK_APP_TOKEN":
          /^PROBLEM .*must start with xapp-; it starts with xoxb-, which is the bot token/,
        "Slack bot token": /^NOT TRIED .*fix SLACK_BOT_TOKEN first/,
      },
      code: 2,
    },
    {
      name: "tokens of two apps, as the test message shows",
      make: () => posts({ app_id: "A0OTHERAPP" }),
      argv: ["--post"],
      lines: {
        "Slack app":
          /^PROBLEM .*SLACK_BOT_TOKEN belongs to the app A0OTHERAPP, but SLACK_APP_TOKEN to the app A0SANDBOX1/,
      },
      code: 2,
    },
    {
      name: "tokens of two apps, as auth.test and the app-level token show",
      make: () => {
        answer("auth.test", { team_id: "T1", app_id: "A0SANDBOX1" });
        answer("apps.connections.open", { url: "wss://example.com" });
        world.slack.faults.add({ kind: "error", error: "internal_error", method: "apps.connections.open" });
      },
      env: { SLACK_APP_TOKEN: OTHER_APP },
      lines: { "Slack app": /^PROBLEM .*to the app A0SANDBOX1, but SLACK_APP_TOKEN to the app A0OTHERAPP/ },
      code: 2,
    },
    {
      name: "nothing, when both tokens belong to one app",
      argv: ["--post"],
      lines: { "Slack app": /^OK .*both tokens belong to the app A0SANDBOX1\./ },
      code: 0,
    },
    {
      name: "an app that Slack does not name, with the way to learn it",
      lines: {
        "Slack app": /^NOT TRIED .*Slack does not name the app of SLACK_BOT_TOKEN\. Run `wa-token doctor --post`/,
      },
      code: 0,
    },
    {
      name: "an app that Slack does not name in a message either",
      make: () => posts({}),
      argv: ["--post"],
      lines: { "Slack app": /^NOT TRIED .*Slack does not name the app of SLACK_BOT_TOKEN\.$/ },
      code: 0,
    },
    {
      name: "a signing secret that is the Client ID",
      env: { ...HTTP, SLACK_SIGNING_SECRET: "4815162342.1081726354" },
      lines: {
        "Signing secret": /^WARNING .*does not look like a signing secret .*it looks like the Client ID\. Copy the/,
      },
      code: 0,
    },
    {
      name: "a signing secret that is the Verification Token",
      env: { ...HTTP, SLACK_SIGNING_SECRET: "Ab1".repeat(8) },
      lines: { "Signing secret": /^WARNING .*it looks like the Verification Token/ },
      code: 0,
    },
    {
      name: "a signing secret that is the App ID",
      env: { ...HTTP, SLACK_SIGNING_SECRET: "A0123456789" },
      lines: { "Signing secret": /^WARNING .*it looks like the App ID/ },
      code: 0,
    },
    {
      name: "a signing secret that lost a character",
      env: { ...HTTP, SLACK_SIGNING_SECRET: "0a".repeat(15) },
      lines: { "Signing secret": /^WARNING .*\(32 characters, 0-9 and a-f\): it has 30 characters/ },
      code: 0,
    },
    {
      name: "nothing about a signing secret of the right form",
      env: { ...HTTP, SLACK_SIGNING_SECRET: "0a".repeat(16) },
      lines: { "Signing secret": /^no line/, "Slack transport": /^NOT TRIED .*HTTP mode/ },
      code: 0,
    },
    {
      name: "a bot token in place of the signing secret",
      env: () => ({ ...HTTP, SLACK_SIGNING_SECRET: world.slack.botToken }),
      lines: { "Configuration: SLACK_SIGNING_SECRET": /^PROBLEM .*must be the secret shown .*the bot token/ },
      code: 2,
    },
    {
      name: "a channel name in place of its ID",
      env: { ALERT_CHANNEL: "#wa-alerts" },
      lines: { "Configuration: ALERT_CHANNEL": /^PROBLEM .*must be a channel ID such as C0123456789, not its name/ },
      code: 2,
    },
    {
      name: "a channel name without its sign",
      env: { ALERT_CHANNEL: "wa-alerts" },
      lines: { "Configuration: ALERT_CHANNEL": /^PROBLEM .*must be a channel ID such as C0123456789, not its name/ },
      code: 2,
    },
    {
      name: "a channel that does not exist",
      env: { ALERT_CHANNEL: "C0UNKNOWN1" },
      argv: ["--post"],
      lines: { "Alert channel": /^PROBLEM .*Slack refuses it \(channel_not_found\)\. Use the channel's ID/ },
      code: 2,
    },
    {
      name: "a private channel without the bot",
      env: () => ({ ALERT_CHANNEL: world.slack.channelId("ops-private") }),
      argv: ["--post"],
      lines: { "Alert channel": /^PROBLEM .*\(channel_not_found\)\. .*If the channel is private, invite the bot/ },
      code: 2,
    },
    {
      name: "a public channel without the bot",
      make: () => world.slack.faults.add({ kind: "error", error: "not_in_channel", method: "chat.postMessage" }),
      argv: ["--post"],
      lines: {
        "Alert channel": /^PROBLEM .*\(not_in_channel\)\. Invite the bot to the channel, or give the app the scope/,
      },
      code: 2,
    },
    {
      name: "an archived channel",
      env: () => ({ ALERT_CHANNEL: world.slack.channelId("old-alerts") }),
      argv: ["--post"],
      lines: { "Alert channel": /^PROBLEM .*\(is_archived\)\. Choose a channel that is not archived/ },
      code: 2,
    },
  ])("$name", async ({ env = {}, make, argv = [], lines, code }) => {
    make?.();
    const done = await doctor(typeof env === "function" ? env() : env, ...argv);
    for (const [topic, line] of Object.entries(lines)) expect(about(done.out, topic)).toMatch(line);
    expect(done.code).toBe(code);
    expect(world.slack.calls("bots.info")).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("doctor looks at who can open .env", () => {
  it.each([
    [0o600, /^OK .*: complete/],
    [0o640, /^OK .*: complete/],
    [
      0o644,
      /^WARNING .*: every user of this machine can read \.env, which may contain secrets\. Run chmod 600 \.env\.$/,
    ],
    [
      0o666,
      /^WARNING .*: every user of this machine can change \.env, which may contain secrets\. Run chmod 600 \.env\.$/,
    ],
  ])("with the mode %o", async (mode, last) => {
    writeFileSync(dotenv(), "LOG_LEVEL=info\n");
    chmodSync(dotenv(), mode);
    const { code, out } = await doctor();
    expect(code).toBe(0);
    const lines = out.split("\n").filter((line) => line.slice(11).startsWith("Configuration: "));
    expect(lines.at(-1)).toMatch(last);
  });
});
