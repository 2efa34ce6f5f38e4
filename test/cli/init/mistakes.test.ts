import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { openWorld, type World } from "../../../sandbox/world.ts";
import type { Found } from "../../../src/cli/init/finding.ts";
import { checkApp, checkAppId, checkId, checkSource } from "../../../src/cli/init/meta-checks.ts";
import { openServices, type Services } from "../../../src/cli/init/services.ts";
import { checkAppToken, checkBotToken, checkChannel, checkSigningSecret } from "../../../src/cli/init/slack-checks.ts";
import { createLookUps } from "../../../src/graph/look-ups.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { createMemoryIo } from "../memory-io.ts";

let world: World;
let services: Services;

beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
  services = openServices(world.config, createMemoryIo({ cwd: world.dataDir, now: world.clock.now }).io);
});

afterAll(async () => {
  await services[Symbol.asyncDispose]();
  await world.close();
});

const APP_ID = "100000000000042";
const appOf = () => ({ id: APP_ID, secret: new Secret("sandbox-app-secret") });
const noApp = { appId: undefined };
const botToken = () => new Secret(world.slack.botToken);
const lookUps = () => createLookUps(services.graph, services, appOf());
const never = () => new Secret(world.tokens.never);
const phone = (id: string) => checkId(lookUps(), never(), "WHATSAPP_PHONE_NUMBER_ID", id);
const account = (id: string) => checkId(lookUps(), never(), "WHATSAPP_BUSINESS_ACCOUNT_ID", id);
const secret = (text: string) => checkApp(services, { id: APP_ID, secret: text }, "Example Notifier", true);

/** The result for a token in a file. */
const deployed = (text: string, app?: ReturnType<typeof appOf>): Promise<Found> => {
  const path = join(world.dataDir, "init-token");
  writeFileSync(path, text);
  return checkSource(services, `file:${path}`, app);
};

const expired = () =>
  world.graph.issueToken({ issuedAt: new Date("2026-08-01T00:00:00Z"), expiresAt: new Date("2026-10-01T00:00:00Z") });

const revoked = (): string => {
  const token = world.graph.issueToken({});
  world.graph.revoke(token);
  return token;
};

describe("init catches a mistake at its value", () => {
  it.each<[mistake: string, check: () => Promise<Found>, problem: RegExp]>([
    [
      "the app-level token as the bot token",
      () => checkBotToken(services, world.slack.appToken),
      /^SLACK_BOT_TOKEN must start with xoxb-; it starts with xapp-, which is the app-level token/,
    ],
    [
      "the bot token as the app-level token",
      () => checkAppToken(services, world.slack.botToken, noApp),
      /^SLACK_APP_TOKEN must start with xapp-; it starts with xoxb-, which is the bot token/,
    ],
    [
      "an unknown bot token",
      () => checkBotToken(services, "xoxb-other"),
      /^Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)/,
    ],
    [
      "an unknown app-level token",
      () => checkAppToken(services, "xapp-other", noApp),
      /^Slack refuses SLACK_APP_TOKEN/,
    ],
    [
      "a token with quotation marks",
      () => checkBotToken(services, '"xoxb-1"'),
      /^SLACK_BOT_TOKEN contains a quotation mark/,
    ],
    [
      "a Slack token as the signing secret",
      () => checkSigningSecret(world.slack.botToken),
      /^SLACK_SIGNING_SECRET must be the secret.*it starts with xoxb-/,
    ],
    [
      "tokens of two Slack apps",
      () => checkChannel(services, world.slack.channelId("wa-alerts"), botToken(), { appId: "A0OTHERAPP" }),
      /^SLACK_APP_TOKEN belongs to the Slack app A0OTHERAPP, but SLACK_BOT_TOKEN belongs to A0SANDBOX1/,
    ],
    [
      "the name of a channel",
      () => checkChannel(services, "#wa-alerts", botToken(), noApp),
      /^ALERT_CHANNEL must be a channel ID such as C0123456789, not its name/,
    ],
    [
      "an unknown channel",
      () => checkChannel(services, "C0NOSUCHONE", botToken(), noApp),
      /^ALERT_CHANNEL: Slack refuses it \(channel_not_found\)/,
    ],
    [
      "a private channel without the bot",
      () => checkChannel(services, world.slack.channelId("ops-private"), botToken(), noApp),
      /^ALERT_CHANNEL: Slack refuses it \((?:channel_not_found|not_in_channel)\)\. .*[Ii]nvite the bot/,
    ],
    [
      "an archived channel",
      () => checkChannel(services, world.slack.channelId("old-alerts"), botToken(), noApp),
      /^ALERT_CHANNEL: Slack refuses it \(is_archived\)/,
    ],
    [
      "the token itself as its source",
      () => checkSource(services, fakeToken("init"), undefined),
      /^WHATSAPP_TOKEN_SOURCE contains something that looks like a token/,
    ],
    ["no source", () => checkSource(services, "/run/token", undefined), /^WHATSAPP_TOKEN_SOURCE is not a source/],
    [
      "a missing file",
      () => checkSource(services, "file:/no/such/file", undefined),
      /^Could not read file .*does not exist/,
    ],
    ["a text that is no token", () => deployed("hello"), /^Invalid: /],
    ["an expired token", () => deployed(expired()), /^Expired: .* For the steps, run wa-token guide /],
    ["a revoked token, although Meta does not say so", () => deployed(revoked()), /^(?:Revoked|Invalid): /],
    [
      "a token without a permission",
      () => deployed(world.tokens.noMessaging),
      /^Degraded: .*whatsapp_business_messaging/,
    ],
    [
      "a token of another app",
      () => deployed(world.tokens.otherApp, appOf()),
      /^Degraded: The token belongs to another Meta app.* run wa-token guide /,
    ],
    [
      "a name as the app ID",
      () => checkAppId(services, "my app"),
      /^META_APP_ID must be the ID that Meta shows, digits only/,
    ],
    [
      "an unknown app ID",
      () => checkAppId(services, "100000000000099"),
      /^META_APP_ID: Meta knows no app with this ID/,
    ],
    [
      "a wrong app secret",
      () => secret("another-secret"),
      /^META_APP_SECRET is not the secret of the app Example Notifier\. Copy it again/,
    ],
    ["the app ID as its secret", () => secret(APP_ID), /^META_APP_SECRET must be the secret.*only digits/],
    [
      "a token as the app secret",
      () => secret(fakeToken("init")),
      /^META_APP_SECRET must be the secret.*a Meta access token/,
    ],
    [
      "the phone number",
      () => phone("+1 555-010-0001"),
      /^WHATSAPP_PHONE_NUMBER_ID must be .*\(not the phone number itself\)/,
    ],
    ["a phone number without signs", () => phone("15550100001"), /^WHATSAPP_PHONE_NUMBER_ID: .*phone number/],
    ["another form of signing secret", () => checkSigningSecret("A0123456789"), /looks like the App ID/],
    [
      "a secret that does not belong to the app ID",
      () => checkApp(services, { id: demoIds.otherApp, secret: "sandbox-app-secret" }, null, false),
      /^META_APP_ID and META_APP_SECRET: Meta refuses the app ID or app secret/,
    ],
    [
      "the account's ID as the number's",
      () => phone(demoIds.account),
      /^WHATSAPP_PHONE_NUMBER_ID must be the ID of a phone number; \d+ is the ID of a WhatsApp Business account \(Example Shop\)/,
    ],
    [
      "the number's ID as the account's",
      () => account(demoIds.phone),
      /^WHATSAPP_BUSINESS_ACCOUNT_ID must be the ID of a WhatsApp Business account; \d+ is the ID of a phone number/,
    ],
    [
      "an ID that the token does not reach",
      () => phone("100000000009999"),
      /^WHATSAPP_PHONE_NUMBER_ID: the token reaches no object/,
    ],
  ])("%s", async (_mistake, check, problem) => {
    const found = await check();
    expect(found).toMatchObject({ ok: false, problem: expect.stringMatching(problem) as unknown });
    expect(found.ok ? "" : found.problem).not.toMatch(/next check|EAA\w{9}/);
  });

  it.each<[value: string, check: () => Promise<Found>, found: RegExp]>([
    ["bot token", () => checkBotToken(services, ` ${world.slack.botToken} `), /^Workspace Sandbox, bot /],
    ["app-level token", () => checkAppToken(services, world.slack.appToken, noApp), /^Slack accepts it/],
    [
      "channel",
      () => checkChannel(services, world.slack.channelId("wa-alerts"), botToken(), noApp),
      /^The bot can post/,
    ],
    ["token", () => deployed(world.tokens.never), /^A working token of the app Example Notifier$/],
    [
      "token with its end",
      () => deployed(world.tokens.sixtyDay, appOf()),
      /^A working token .*; it expires in 5 days$/,
    ],
    ["app ID", () => checkAppId(services, APP_ID), /^App 100000000000042$/],
    ["app secret", () => secret("sandbox-app-secret"), /Meta accepts its secret$/],
    ["phone number", () => phone(demoIds.phone), /^Number Example Shop$/],
    ["account", () => account(demoIds.account), /^WhatsApp account Example Shop$/],
  ])("names the owner of a right value: %s", async (_value, check, found) => {
    expect(await check()).toMatchObject({ ok: true, found: expect.stringMatching(found) as unknown });
  });
});

it("says that nobody knows when a service does not answer", async () => {
  await world.graph.goAway();
  const found = await deployed(world.tokens.never);
  await world.graph.comeBack();
  expect(found).toMatchObject({
    ok: false,
    keepable: true,
    problem: expect.stringMatching(/could not be reached/) as unknown,
  });
});
