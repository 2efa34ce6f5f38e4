import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock } from "../../../sandbox/clock.ts";
import { openSlackWorkspace, type SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { createLogger } from "../../../src/log.ts";
import { createFetch } from "../../../src/network/fetch.ts";
import { probeAppToken, probeBotToken, probeChannel, probeSocket } from "../../../src/slack/transport/probe.ts";
import { Secret } from "../../../src/token/secret/secret.ts";

const APP = "A0SANDBOX1";

describe("the app of a Slack token", () => {
  let slack: SlackWorkspace;
  const outbound = createFetch({});
  const options = () => ({
    apiUrl: slack.apiUrl,
    log: createLogger({ level: "silent" }),
    fetch: outbound.fetch,
    proxies: {},
  });
  const bot = () => new Secret(slack.botToken);
  const answer = (method: string, body: object): void => {
    slack.faults.add({ kind: "status", status: 200, body: JSON.stringify({ ok: true, ...body }), method });
  };

  beforeAll(async () => {
    const clock = createClock(new Date("2026-11-22T08:00:00Z"));
    slack = await openSlackWorkspace({ clock, scopes: ["commands", "chat:write", "users:read"] });
  });

  afterAll(async () => {
    await slack.close();
    await outbound.close();
  });

  it("comes from the hello of the socket", async () => {
    expect(await probeSocket(new Secret(slack.appToken), options())).toEqual({ ok: true, appId: APP });
  });

  it("comes from the app-level token, into which Slack writes it", async () => {
    answer("apps.connections.open", { url: "wss://example.com" });
    const token = ["xapp", "1", "A0OTHERAPP", "1", "of-another-app"].join("-");
    expect(await probeAppToken(new Secret(token), options())).toEqual({ ok: true, appId: "A0OTHERAPP" });
  });

  it("comes from the test message of the bot", async () => {
    expect(await probeChannel(bot(), slack.channelId("wa-alerts"), options())).toEqual({ ok: true, appId: APP });
  });

  it("comes from auth.test when Slack names it there", async () => {
    answer("auth.test", { team_id: "T1", app_id: "A0NAMED" });
    expect(await probeBotToken(bot(), options())).toMatchObject({ ok: true, installation: { appId: "A0NAMED" } });
  });

  it("comes from bots.info with the scope users:read", async () => {
    expect(await probeBotToken(bot(), options())).toMatchObject({ ok: true, installation: { appId: APP } });
  });

  it("is not known when Slack refuses to name it", async () => {
    slack.faults.add({
      kind: "status",
      status: 200,
      body: '{"ok":false,"error":"bot_not_found"}',
      method: "bots.info",
    });
    expect(await probeBotToken(bot(), options())).toMatchObject({ ok: true, installation: { appId: undefined } });
  });
});
