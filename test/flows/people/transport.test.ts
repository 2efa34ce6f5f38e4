import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { APP } from "../../../sandbox/slack/backend.ts";
import { signRequest } from "../../../sandbox/slack/signing.ts";
import { SlackCredentialError } from "../../../src/slack/transport/credential-error.ts";
import { cli } from "../../cli/memory-io.ts";
import { acked, aFlow, alertsSeen, ask, askOps, aWorld, HOUR, MINUTE, MODES, withPeople } from "../flow.ts";
import { later, ORDERS, theAlert, watching } from "../watched.ts";

describe.each(MODES)("the link to Slack over %s", (mode) => {
  it("connects without help when Slack was unreachable at the start; rounds run meanwhile", async () => {
    const world = await aWorld({ mode, watchlist: ORDERS });
    world.tokenFile("orders").write(world.tokens.noMessaging);
    await world.slack.goAway();
    const flow = withPeople(world, await world.startBot());
    expect(world.graph.calls("/debug_token")).not.toEqual([]);
    expect(alertsSeen(flow)).toEqual([]);
    expect(await askOps(flow, "/readyz")).toMatchObject({ status: 503 });

    const linked = flow.bot.nextLine("Slack bot token is up");
    await world.slack.comeBack();
    await linked;
    if (mode === "socket") await world.slack.waitFor(() => world.slack.sockets.open() === 1);
    expect((await ask(flow, flow.robin, "status")).text).toContain("Degraded");
    await later(flow, HOUR);
    expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
    expect(await askOps(flow, "/readyz")).toMatchObject({ status: 200 });
  });

  it("carries commands, presses in a channel, forms and visits of the Home", async () => {
    const flow = await watching("noMessaging", { mode });
    const { slack, robin } = flow;
    expect((await ask(flow, robin, "status")).text).toContain("orders-prod");
    expect(await robin.click({ text: "Snooze…" }, { in: theAlert(flow) })).toEqual(acked);
    await slack.waitFor(() => robin.modal());
    await robin.select("alert.snooze.until", "3d");
    await robin.type("alert.snooze.reason", "on holiday");
    expect(await robin.submit()).toEqual(acked);
    await slack.waitFor(() => theAlert(flow).text.includes("Snoozed"));
    expect(await robin.homeOpened()).toEqual(acked);
    await slack.waitFor(() => slack.calls("views.publish").length > 0);
    expect(slack.rejections()).toEqual([]);
  });

  it("connects again after an outage of Slack", async () => {
    const flow = await aFlow({ mode });
    const { slack, robin } = flow;
    await slack.goAway();
    await slack.comeBack();
    if (mode === "socket") await slack.waitFor(() => slack.sockets.open() === 1);
    expect((await ask(flow, robin, "help")).text).toContain("/wa-token guide");
  });

  it("does not start with a bot token that Slack refuses", async () => {
    const world = await aWorld({ mode });
    for (const refused of ["invalid_auth", "account_inactive"] as const) {
      world.slack.setTokens({ bot: refused });
      const failed = await world.startBot().catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(SlackCredentialError);
      expect(String(failed)).toContain("SLACK_BOT_TOKEN");
      expect(String(failed)).toContain(refused);
      expect(String(failed)).not.toContain(world.slack.botToken);
    }
    // What was opened is closed again: database and ports are free.
    world.slack.setTokens({ bot: "ok" });
    const flow = withPeople(world, await world.startBot());
    expect((await ask(flow, flow.robin)).text).toContain("/wa-token guide");
  });

  it("stays up, and says that it is not ready, when the token is revoked later", async () => {
    const flow = await aFlow({ mode });
    const { slack, bot, clock } = flow;
    slack.setTokens({ bot: "token_revoked" });
    const down = bot.nextLine("Slack bot token is down");
    clock.advance(5 * MINUTE);
    await down;
    const ready = await askOps(flow, "/readyz");
    expect(ready.status).toBe(503);
    expect(ready.body).toContain("token_revoked");
    expect(await askOps(flow, "/healthz")).toMatchObject({ status: 200 });
    expect((await bot.app.round("all")).round).toMatchObject({ checked: 1, failed: 0 });
    const up = bot.nextLine("Slack bot token is up");
    slack.setTokens({ bot: "ok" });
    await up;
    expect(await askOps(flow, "/readyz")).toMatchObject({ status: 200 });
  });
});

describe("the port for Slack's requests", () => {
  it("is named with the remedy when another program uses it, and everything is closed again", async () => {
    const world = await aWorld({ mode: "http" });
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(world.config.slack.port, resolve));
    const failed = await world.startBot().catch((error: unknown) => error);
    await new Promise((resolve) => other.close(resolve));
    expect(String(failed)).toMatch(/Port \d+ for Slack's requests is in use\. .* set PORT\./);
    const flow = withPeople(world, await world.startBot());
    expect((await ask(flow, flow.robin)).text).toContain("/wa-token guide");
  });
});

describe("requests over HTTP", () => {
  const help = "command=%2Fwa-token&text=help&user_id=U0STRANGER&channel_id=C0&team_id=T0&trigger_id=1.2.3";
  const now = (): number => Math.floor(Date.now() / 1_000);
  const forged = (seconds = now()): Record<string, string> => signRequest("another-secret", seconds, help);

  it.each<[string, string, () => Record<string, string>]>([
    ["without a signature", help, () => ({ "x-slack-signature": "", "x-slack-request-timestamp": "" })],
    ["signed with another secret", help, forged],
    ["signed for another body", help, () => signRequest(APP.signingSecret, now(), `${help}x`)],
    ["signed ten minutes ago", help, () => signRequest(APP.signingSecret, now() - 600, help)],
    ["signed just over five minutes ago", help, () => signRequest(APP.signingSecret, now() - 302, help)],
    ["whose signature is cut short", help, () => ({ "x-slack-signature": "v0=" })],
    ["whose time was changed", help, () => ({ "x-slack-request-timestamp": String(now() - 1) })],
    ["that pose as a test of the certificate", `ssl_check=1&${help}`, forged],
  ])("%s do nothing", async (_name, body, headers) => {
    const flow = await aFlow({ mode: "http" });
    const before = flow.slack.calls().length;
    expect(await flow.slack.raw.post(body, { headers: headers() })).toEqual({ status: 401, body: "" });
    // Slack's own next request is served, and is the only one that had an effect.
    expect((await ask(flow, flow.robin, "help")).text).toContain("/wa-token guide");
    expect(flow.robin.ephemerals()).toHaveLength(1);
    expect(flow.slack.calls().slice(before)).toEqual([]);
  });

  it.each([0, 290])("are served when Slack signed the same request %i seconds ago", async (secondsAgo) => {
    const flow = await aFlow({ mode: "http" });
    const headers = signRequest(APP.signingSecret, now() - secondsAgo, help);
    expect(await flow.slack.raw.post(help, { headers })).toMatchObject({ status: 200 });
  });

  it("name SLACK_SIGNING_SECRET in /readyz and in doctor until one signature is right", async () => {
    const flow = await aFlow({ mode: "http" });
    const doctor = async (): Promise<string> => {
      const { out } = await cli(["doctor"], { env: flow.env, cwd: flow.dataDir, now: flow.clock.now });
      return out.split("\n").find((line) => line.includes("Slack transport")) ?? "no such line";
    };
    expect(await doctor()).toMatch(/^NOT TRIED/);
    for (let count = 0; count < 3; count++) await flow.slack.raw.post(help, { headers: forged() });
    const refusing = await askOps(flow, "/readyz");
    // Strangers must not make the bot unready.
    expect(refusing.status).toBe(200);
    expect(JSON.parse(refusing.body)).toMatchObject({
      ready: true,
      checks: {
        requests: { ok: false, message: expect.stringMatching(/last 3 requests .*SLACK_SIGNING_SECRET is wrong/) },
      },
    });
    expect(await doctor()).toMatch(/^PROBLEM .*SLACK_SIGNING_SECRET is wrong/);
    expect(flow.bot.logLines().filter((line) => line.includes("address were refused"))).toHaveLength(1);

    await ask(flow, flow.robin, "help");
    expect(JSON.parse((await askOps(flow, "/readyz")).body)).toMatchObject({ checks: { requests: { ok: true } } });
    expect(await doctor()).toMatch(/^NOT TRIED/);
  });
});

describe("the socket", () => {
  it("is open again at once after it broke, and the next command works", async () => {
    const flow = await aFlow();
    const { slack, robin } = flow;
    for (const count of [2, 3, 4]) {
      slack.sockets.drop();
      await slack.waitFor(() => slack.sockets.opened() === count && slack.sockets.open() === 1, 1_000);
      expect((await ask(flow, robin, "help")).text).toContain("/wa-token guide");
    }
  });

  it.each(["warning", "refresh_requested"] as const)("is renewed when Slack says %s", async (reason) => {
    const flow = await aFlow();
    const { slack, robin } = flow;
    slack.sockets.disconnect(reason);
    await slack.waitFor(() => slack.sockets.opened() === 2 && slack.sockets.open() === 1);
    expect((await ask(flow, robin, "help")).text).toContain("/wa-token guide");
  });

  it("is tried again while Slack refuses to open it", async () => {
    const flow = await aFlow();
    const { slack, robin } = flow;
    slack.faults.add({ kind: "status", status: 503, method: "apps.connections.open", times: 2 });
    slack.faults.add({ kind: "rate_limited", retryAfterSeconds: 1, method: "apps.connections.open" });
    slack.sockets.drop();
    await slack.waitFor(() => slack.sockets.open() === 1);
    expect((await ask(flow, robin, "help")).text).toContain("/wa-token guide");
  });

  it("does not start with an app-level token that Slack refuses", async () => {
    const world = await aWorld();
    world.slack.setTokens({ app: "invalid_auth" });
    const failed = await world.startBot().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SlackCredentialError);
    expect(String(failed)).toContain("SLACK_APP_TOKEN");
    expect(world.slack.sockets.open()).toBe(0);
  });

  it("leaves the bot up when its token is refused later", async () => {
    const flow = await aFlow();
    const { slack, bot } = flow;
    const down = bot.nextLine("Slack socket is down");
    slack.setTokens({ app: "invalid_auth" });
    slack.sockets.drop();
    await down;
    expect(await askOps(flow, "/readyz")).toMatchObject({ status: 503, body: expect.stringContaining("invalid_auth") });
    slack.setTokens({ app: "ok" });
    await slack.waitFor(() => slack.sockets.open() === 1);
    expect((await ask(flow, flow.robin, "help")).text).toContain("/wa-token guide");
  });

  it.each([
    "",
    "not json",
    "[]",
    '{"type":"hello"}',
    '{"type":"nonsense","envelope_id":"1"}',
    '{"envelope_id":7}',
    "null",
    "7",
    '{"type":"interactive","envelope_id":"1","payload":null}',
    '{"type":"slash_commands","envelope_id":"1"}',
    '{"type":"events_api","envelope_id":"1","payload":[]}',
  ])("survives the frame %s", async (frame) => {
    const flow = await aFlow();
    flow.slack.raw.frame(frame);
    await flow.slack.waitFor(() => flow.slack.sockets.open() === 1);
    expect((await ask(flow, flow.robin, "help")).text).toContain("/wa-token guide");
  });
});
