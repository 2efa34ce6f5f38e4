import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openWorld, type World, type WorldOptions } from "../../../sandbox/world.ts";
import { runCli } from "../../../src/cli/program.ts";
import { readSmallFile } from "../../../src/cli/small-file.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { cli, createMemoryIo } from "../memory-io.ts";

let world: World | undefined;

const open = async (options: Partial<WorldOptions> = {}): Promise<World> => {
  world = await openWorld({ mode: "socket", ...options });
  return world;
};

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const doctor = async (
  { env, clock, dataDir }: World,
  change: Readonly<Record<string, string>> = {},
  ...argv: readonly string[]
) => cli(["doctor", ...argv], { env: { ...env, ...change }, cwd: dataDir, now: clock.now });

/** The response of auth.test for a token of a whole Enterprise Grid organisation. */
const ORG_WIDE = JSON.stringify({ ok: true, team_id: "E0ORG", enterprise_id: "E0ORG", is_enterprise_install: true });

/** Returns the line about a topic. */
const about = (out: string, topic: string): string =>
  out.split("\n").find((line) => line.slice(11).startsWith(topic)) ?? "no such line";

describe("doctor", () => {
  it("reports OK for everything that works, and tests no channel without --post", async () => {
    const here = await open();
    const { code, out, err } = await doctor(here);
    expect(out).toMatch(/^wa-token \d+\.\d+\.\d+\n/);
    expect(
      out
        .split("\n")
        .slice(1)
        .map((line) => line.slice(0, 11).trim() + line.slice(11).replace(/:.*/, "")),
    ).toEqual([
      "OKConfiguration",
      "OKStore",
      "OKSlack bot token",
      "OKSlack transport",
      "OKSlack socket",
      `NOT TRIEDAlert channel ${here.slack.channelId("wa-alerts")}`,
      "NOT TRIEDSlack app",
      "NOT TRIEDRenewals",
      "OKMeta app 100000000000042",
      "OKClock",
      "OKToken of default",
      "OKPhone number of default",
      "OKWhatsApp account of default",
      "",
    ]);
    expect([code, err]).toEqual([0, ""]);
    expect(here.slack.calls("chat.postMessage")).toEqual([]);
  });

  it("posts a test message in each channel and deletes the message with --post", async () => {
    const here = await open();
    const { code, out } = await doctor(here, {}, "--post");
    expect(code).toBe(0);
    expect(about(out, "Alert channel")).toMatch(/^OK .*: posted a test message there and deleted the message\.$/);
    expect(here.slack.calls("chat.postMessage")).toHaveLength(1);
    expect(here.slack.calls("chat.delete")).toHaveLength(1);
  });

  it.each(["ALERT_CHANNEL=#wa-alerts", "export ALERT_CHANNEL = #wa-alerts"])(
    "says that # starts a comment in .env: %s",
    async (line) => {
      const { out } = await cli(["doctor"], { files: { "/nowhere/.env": `${line}\n` } });
      expect(out).toMatch(/WARNING .*ALERT_CHANNEL is empty, because # starts a comment in \.env\. .*use its ID/);
    },
  );

  it("works without a configuration, and points to init", async () => {
    const here = await open();
    const { code, out } = await cli(["doctor"], {
      env: { GRAPH_API_URL: here.graph.url },
      cwd: here.dataDir,
      now: here.clock.now,
    });
    expect(code).toBe(2);
    expect(out).toMatch(
      /^wa-token .*\nPROBLEM {4}Configuration: Nothing is configured yet\. Run wa-token init .*\n(?!PROBLEM)/,
    );
    expect(about(out, "Store")).toMatch(/^OK .*wa-token\.db does not exist yet\. The bot creates it/);
    expect(readdirSync(here.dataDir)).not.toContain("data");
    expect(about(out, "Slack bot token")).toMatch(/^NOT TRIED/);
    expect(about(out, "Meta app")).toMatch(/^NOT TRIED .*the bot cannot know when a token expires/);
    expect(about(out, "Clock")).toMatch(/^OK/);
    expect(about(out, "Watches")).toMatch(/^WARNING .*: no token is watched\. Set WHATSAPP_ACCESS_TOKEN, .* WATCHLIST/);
  });

  it("reports a complete configuration without a watch as a warning, without a change of the exit code", async () => {
    const { code, out } = await doctor(await open(), { WHATSAPP_TOKEN_SOURCE: "" });
    expect(about(out, "Configuration")).toMatch(/^OK .*: complete; 0 watches\.$/);
    expect(about(out, "Watches")).toMatch(/^WARNING .*: no token is watched\./);
    expect(code).toBe(0);
  });

  it("does not report missing watches while the watchlist cannot be read", async () => {
    const { out } = await doctor(await open(), { WHATSAPP_TOKEN_SOURCE: "", WATCHLIST: "/no/such/watchlist" });
    expect(about(out, "Watches")).toBe("NOT TRIED  Watches: fix WATCHLIST first.");
  });

  it.each<[string, (here: World) => Promise<void> | void, string]>([
    ["did not answer", ({ graph }) => graph.goAway(), "not compared, because Meta did not answer."],
    [
      "sent no usable time",
      ({ graph }) =>
        void graph.answerWith("/v26.0/debug_token", { status: 200, headers: { date: "soon" }, body: { data: {} } }),
      "not compared, because Meta sent no usable time.",
    ],
  ])("says why the clock was not compared when Meta %s", async (_name, spoil, text) => {
    const here = await open();
    await spoil(here);
    expect(about((await doctor(here)).out, "Clock")).toBe(`NOT TRIED  Clock: ${text}`);
  });

  it("gives each configuration problem a line, and tests the valid parts", async () => {
    const here = await open();
    const { code, out } = await doctor(here, {
      PORT: "x",
      LOG_LEVEL: "loud",
      SLACK_APP_TOKEN: "",
      DATABASE_URL: "mysql:x",
      ALERT_CHANNEL: "#alerts",
    });
    expect(code).toBe(2);
    expect(out.split("\n").map((line) => line.replace(/: (\S+).*/, ": $1"))).toEqual([
      expect.stringMatching(/^wa-token /),
      "PROBLEM    Configuration: SLACK_APP_TOKEN",
      "PROBLEM    Configuration: PORT",
      "PROBLEM    Configuration: ALERT_CHANNEL",
      "PROBLEM    Configuration: DATABASE_URL",
      "PROBLEM    Configuration: LOG_LEVEL",
      "NOT TRIED  Store: fix",
      "OK         Slack bot token: Accepted",
      "NOT TRIED  Slack transport: neither",
      "NOT TRIED  Alert channel: fix",
      "NOT TRIED  Renewals: ADMIN_USERS",
      "OK         Meta app 100000000000042: Meta",
      "OK         Clock: agrees",
      "OK         Token of default: The",
      "OK         Phone number of default: 100000000002001",
      "OK         WhatsApp account of default: 100000000001001",
      "",
    ]);
  });

  it.each([
    ["SLACK_BOT_TOKEN", "xapp-sandbox", "Slack bot token"],
    ["SLACK_APP_TOKEN", "xoxb-sandbox", "Slack transport"],
    ["SLACK_API_URL", "slack", "Slack bot token"],
    ["META_APP_ID", "x", "Meta app"],
    ["GRAPH_API_URL", "graph", "Meta"],
    ["WHATSAPP_TOKEN_SOURCE", "vault:x", "Token"],
    ["ADMIN_USERS", "robin", "Renewals"],
    ["RENEW_WRITE", "vault:x", "Renewal"],
    ["NODE_DEBUG", "undici", "Meta"],
    ["NODE_TLS_REJECT_UNAUTHORIZED", "0", "Meta"],
  ])("does not test a part that needs %s when it is %s", async (name, value, topic) => {
    const here = await open();
    const { out } = await doctor(here, { [name]: value });
    expect(out).toContain(`NOT TRIED  ${topic}: fix ${name} first.\n`);
  });

  it("reports a misspelt variable as a warning, without a change of the exit code", async () => {
    const here = await open();
    const right = await doctor(here);
    const { code, out } = await doctor(here, { ALOWED_USERS: "U0123456789" });
    expect(out).toContain(
      "WARNING    Configuration: ALOWED_USERS is not a variable of this bot. Did you mean ALLOWED_USERS?",
    );
    expect(code).toBe(right.code);
  });

  it("makes no request with a NODE_DEBUG that would print it", async () => {
    const here = await open();
    await doctor(here, { NODE_DEBUG: "undici" }, "--post");
    expect([here.graph.calls(), here.slack.calls("auth.test")]).toEqual([[], []]);
  });

  it("tests nothing while .env cannot be read, because .env may set everything", async () => {
    const here = await open();
    mkdirSync(join(here.dataDir, ".env"));
    const { io, out } = createMemoryIo({ env: here.env, cwd: here.dataDir, now: here.clock.now });
    expect(await runCli(["doctor"], { ...io, readFile: readSmallFile })).toBe(2);
    expect(out()).toContain("PROBLEM    Configuration: .env exists but cannot be read (it is a folder).");
    expect(out()).not.toMatch(/^OK/m);
    expect(here.graph.calls()).toEqual([]);
  });

  it.each([
    [{ WHATSAPP_TOKEN_SOURCE: "" }, 2, /^PROBLEM .*contains one watch, but the configuration has none.*--allow-empty/],
    [{ WHATSAPP_TOKEN_SOURCE: "vault:x" }, 2, /^OK .*contains one watch\./],
    [{}, 0, /^OK .*contains one watch\./],
  ])("reports what run does with a store that has watches, with %j", async (change, code, line) => {
    const here = await open();
    expect((await cli(["round"], { env: here.env, cwd: here.dataDir, now: here.clock.now })).code).toBe(0);
    const done = await doctor(here, change);
    expect(done.code).toBe(code);
    expect(about(done.out, "Store")).toMatch(line);
  });

  it.each([
    [5, "This IP can't make requests for that application.", /IP address of this server.*server IP allow-list/],
    [2500, "Unknown path components: /debug_token", /Set GRAPH_API_VERSION to a version that Meta serves/],
    [415, "Two factor authentication required.", /two-factor authentication/],
    [101, "Error validating application.", /does not know this app ID.*META_APP_ID and META_APP_SECRET/],
    [1, "Error validating client secret.", /does not accept the app secret.*META_APP_SECRET/],
    [
      190,
      "Invalid OAuth access token signature.",
      /refuses the app ID or app secret.*META_APP_SECRET is wrong\. Copy the app secret/,
    ],
    [200, "API access blocked.", /has blocked the app.*App Dashboard/],
    [190, "Error validating application. Application has been deleted.", /was deleted.*App Dashboard/],
  ])("names the cause and its own remedy when Meta answers our app with %i: %s", async (code, message, words) => {
    const here = await open();
    here.graph.answerWith("/v26.0/debug_token", { status: 400, body: { error: { code, message } } });
    const done = await doctor(here);
    expect(about(done.out, "Meta app")).toMatch(/^PROBLEM /);
    expect(about(done.out, "Meta app")).toMatch(words);
    expect(about(done.out, "Meta app")).not.toMatch(/nothing about the token|next check/);
    expect(done.code).toBe(2);
  });

  it("neither creates nor upgrades the database, and reports what the start will do", async () => {
    const here = await open();
    expect(about((await doctor(here)).out, "Store")).toMatch(/^OK .*does not exist yet\. The bot creates it/);
    expect(readdirSync(here.dataDir).filter((name) => name.includes(".db"))).toEqual([]);
    writeFileSync(join(here.dataDir, "wa-token.db"), "");
    expect(about((await doctor(here)).out, "Store")).toMatch(/^OK .*The bot upgrades it when it starts/);
    expect(readFileSync(join(here.dataDir, "wa-token.db"), "utf8")).toBe("");
  });

  it.each<[string, (here: World) => Promise<void> | void, Readonly<Record<string, string>>, string, RegExp, number]>([
    [
      "the bot token is refused",
      ({ slack }) => slack.setTokens({ bot: "token_revoked" }),
      {},
      "Slack bot token",
      /^PROBLEM .*Slack refuses SLACK_BOT_TOKEN/,
      2,
    ],
    [
      "the app is installed for a whole organisation",
      ({ slack }) => void slack.faults.add({ kind: "status", status: 200, body: ORG_WIDE, method: "auth.test" }),
      {},
      "Slack bot token",
      /^PROBLEM .*SLACK_BOT_TOKEN belongs to an installation for a whole .* Install the app in that workspace only/,
      2,
    ],
    [
      "the app token is refused",
      ({ slack }) => slack.setTokens({ app: "token_revoked" }),
      {},
      "Slack transport",
      /^PROBLEM .*Slack refuses SLACK_APP_TOKEN/,
      2,
    ],
    [
      "alerts mention a person who may not use the buttons",
      () => undefined,
      { ALLOWED_USERS: "U0000000001", ESCALATE_TO: "U0000000002" },
      "People",
      /^PROBLEM .*alerts mention U0000000002 \(ESCALATE_TO\), but U0000000002 may not use .* Add U0000000002 to ALLOWED_USERS/,
      2,
    ],
    [
      "alerts mention a user group",
      () => undefined,
      { ALLOWED_USERS: "U0000000001", ONCALL: "S0000000002" },
      "People",
      /^NOT TRIED .*the user group S0000000002 \(on call for default\)\. Doctor cannot see its members/,
      0,
    ],
    [
      "alerts mention only people who may use the buttons",
      () => undefined,
      { ALLOWED_USERS: "U0000000001", ONCALL: "U0000000001" },
      "People",
      /^OK .*all people mentioned in alerts may use the buttons/,
      0,
    ],
    [
      "ALLOWED_USERS is wrong",
      () => undefined,
      { ALLOWED_USERS: "robin" },
      "People",
      /^NOT TRIED .*fix ALLOWED_USERS first/,
      2,
    ],
    [
      "Slack is away",
      ({ slack }) => slack.goAway(),
      {},
      "Slack bot token",
      /^NO ANSWER .*Slack could not be reached/,
      3,
    ],
    [
      "Meta is away",
      ({ graph }) => graph.goAway(),
      {},
      "Meta app",
      /^NO ANSWER .*could not be reached.*Check your network and run this again\.$/,
      3,
    ],
    [
      "Meta is away and no app is configured",
      ({ graph }) => graph.goAway(),
      { META_APP_ID: "", META_APP_SECRET: "" },
      "Meta:",
      /^NO ANSWER .*could not be reached/,
      3,
    ],
    [
      "the app secret is wrong",
      () => undefined,
      { META_APP_SECRET: "another-secret" },
      "Meta app",
      /^PROBLEM (?!.*Check META_APP_ID).*META_APP_SECRET is wrong\. Copy the app secret .*, into META_APP_SECRET\. Then run this again\.$/,
      2,
    ],
    [
      "the token's file is gone",
      () => undefined,
      { WHATSAPP_TOKEN_SOURCE: "file:/no/such/file" },
      "Token of default",
      /^PROBLEM .*does not exist/,
      2,
    ],
    [
      "a token is read at start only",
      () => undefined,
      { WHATSAPP_TOKEN_SOURCE: "env:MINE", MINE: fakeToken("mine") },
      "Token of default",
      /^PROBLEM .*Read from variable MINE \(read at start; restart the bot/,
      1,
    ],
    [
      "what can be read is no token",
      () => undefined,
      { WHATSAPP_TOKEN_SOURCE: "env:MINE", MINE: '"quoted"' },
      "Token of default",
      /^PROBLEM .*variable MINE .*contains no token\. It has quotation marks/,
      2,
    ],
    [
      "the bot is in HTTP mode",
      () => undefined,
      { SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "not-so-secret" },
      "Slack transport",
      /^NOT TRIED .*HTTP mode/,
      0,
    ],
  ])("when %s, one line says so", async (_name, spoil, change, topic, line, code) => {
    const here = await open();
    await spoil(here);
    const done = await doctor(here, change);
    expect(about(done.out, topic)).toMatch(line);
    expect(done.code).toBe(code);
  });

  it.each([
    [["commands"], /^PROBLEM .*the scope chat:write is missing\. Reinstall/],
    [["users:read"], /^PROBLEM .*the scopes commands, chat:write are missing\. Reinstall/],
  ])("names the missing scopes when the token has only %j", async (scopes, line) => {
    const { code, out } = await doctor(await open({ slack: { scopes } }));
    expect(code).toBe(2);
    expect(about(out, "Slack bot token")).toMatch(line);
  });

  it("names a channel that refuses messages", async () => {
    const here = await open();
    const { code, out } = await doctor(here, { ALERT_CHANNEL: here.slack.channelId("ops-private") }, "--post");
    expect(code).toBe(2);
    expect(about(out, "Alert channel")).toMatch(
      /^PROBLEM .*Slack refuses it \(channel_not_found\)\. Use the channel's ID\. If the channel is private, invite the bot/,
    );
  });

  it("names a clock that is wrong", async () => {
    const here = await open();
    const fast = () => new Date(here.clock.now().getTime() + 5 * 60_000);
    const { code, out } = await cli(["doctor"], { env: here.env, cwd: here.dataDir, now: fast });
    expect(code).toBe(2);
    expect(about(out, "Clock")).toMatch(/^PROBLEM .*5 minutes ahead of Meta's clock\. Set it/);
  });

  it("names a store that is damaged", async () => {
    const here = await open();
    const path = join(here.dataDir, "damaged.db");
    writeFileSync(path, "this is no database".repeat(100));
    const { code, out } = await doctor(here, { DATABASE_URL: `sqlite:${path}` });
    expect(code).toBe(2);
    expect(about(out, "Store")).toMatch(/^PROBLEM .*damaged\.db/);
  });

  it("reads the secret of a watch's own app from its source", async () => {
    const watchlist = (source: (name: string) => string): string =>
      `watches: [{name: a, source: '${source("deployed")}', appId: '100000000000043', appSecret: 'env:OTHER'}]`;
    const here = await open({ watchlist });
    const files = { [here.env["WATCHLIST"] ?? ""]: watchlist((name) => here.tokenFile(name).source) };
    const run = (env: Readonly<Record<string, string>>) =>
      cli(["doctor"], { env: { ...here.env, ...env }, cwd: here.dataDir, now: here.clock.now, files });
    expect(about((await run({ OTHER: "sandbox-other-app-secret" })).out, "Meta app 100000000000043")).toMatch(/^OK/);
    expect(about((await run({})).out, "Meta app 100000000000043")).toMatch(/^PROBLEM .*app secret of watch a: /);
  });
});
