import { describe, expect, it } from "vitest";
import { alertsSeen, ask, askOps, aWorld, HOUR, MINUTE, SECOND, withPeople, wordsOf } from "../flow.ts";
import { later, nextToSend, ORDERS, repliesTo, theAlert, watching } from "../watched.ts";

describe("when Slack does not take an alert", () => {
  it("waits as long as a rate limit asks", async () => {
    const flow = await nextToSend(({ slack }) => {
      slack.faults.add({ kind: "rate_limited", retryAfterSeconds: 90, method: "chat.postMessage" });
    });
    const tries = () => flow.slack.calls("chat.postMessage").length;
    const before = tries();
    await later(flow, 20 * MINUTE);
    await later(flow, 89 * SECOND);
    expect(tries()).toBe(before + 1);
    expect(alertsSeen(flow)).toEqual([]);
    await later(flow, 2 * SECOND);
    expect(tries()).toBe(before + 2);
    expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
  });

  it("keeps it while the channel refuses, and reports that everywhere except in the status code", async () => {
    const flow = await nextToSend(({ slack }) => slack.setChannel("wa-alerts", { botIsMember: false }));
    const { slack, robin } = flow;
    const channel = slack.channelId("wa-alerts");
    await later(flow, 20 * MINUTE);
    const status = await ask(flow, robin, "status");
    expect(wordsOf(status.blocks)).toContain(
      `Alert not delivered to <#${channel}> (${channel}): invite the bot to the channel (not_in_channel)`,
    );
    const ready = await askOps(flow, "/readyz");
    expect(ready.status).toBe(200);
    expect(ready.body).toContain(`Channel ${channel} did not accept a message: not_in_channel`);
    expect((await askOps(flow, "/metrics")).body).toMatch(/^wa_token_alerts_undelivered 1$/m);

    const tries = () => slack.calls("chat.postMessage").filter(({ args }) => args["channel"] === channel).length;
    const before = tries();
    await later(flow, 30 * SECOND);
    expect(tries()).toBe(before);
    expect(flow.sam.dms()).toEqual([]);
    await later(flow, MINUTE);
    expect(tries()).toBe(before + 1);
    // It stays refused: the owner hears it, who alone is left without FALLBACK_CHANNEL.
    const [told, ...more] = flow.sam.dms();
    expect(told?.text).toContain("refused this alert");
    expect(told?.text).toContain("*orders-prod: permission missing*");
    expect(more).toEqual([]);

    await slack.setChannel("wa-alerts", { botIsMember: true });
    await later(flow, HOUR);
    expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
    expect((await askOps(flow, "/readyz")).body).not.toContain(channel);
    expect((await askOps(flow, "/metrics")).body).toMatch(/^wa_token_alerts_undelivered 0$/m);
  });

  it("repeats a message at most once when the answer was lost", async () => {
    const flow = await nextToSend(({ slack }) => {
      slack.faults.add({ kind: "lost_reply", method: "chat.postMessage" });
    });
    await later(flow, 20 * MINUTE);
    await later(flow, 20 * MINUTE);
    await later(flow, 20 * MINUTE);
    expect(alertsSeen(flow)).toHaveLength(2);
    flow.graph.addScope(flow.tokens.noMessaging, "whatsapp_business_messaging");
    await later(flow, 20 * MINUTE);
    expect(alertsSeen(flow).filter(({ text }) => text.startsWith("✅ *orders-prod: fixed*"))).toHaveLength(1);
  });

  it("sends only the text when Slack refuses the layout", async () => {
    const flow = await nextToSend(({ slack }) => {
      slack.faults.add({ kind: "error", error: "invalid_blocks", method: "chat.postMessage" });
    });
    await later(flow, 20 * MINUTE);
    expect(theAlert(flow).text).toMatch(/^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\n/);
    expect(theAlert(flow).attachments).toEqual([]);
  });

  it("posts a new message when a person deleted the message", async () => {
    const flow = await watching("noMessaging");
    const gone = theAlert(flow);
    flow.slack.faults.add({ kind: "error", error: "message_not_found", method: "chat.update" });
    flow.graph.revoke(flow.tokens.noMessaging);
    await later(flow, 20 * MINUTE);
    await later(flow, 5 * MINUTE);
    const [first, second, ...more] = alertsSeen(flow).filter(({ threadTs }) => threadTs === undefined);
    expect(first?.ts).toBe(gone.ts);
    expect(second?.text).toContain("*orders-prod: token revoked*");
    expect(more).toEqual([]);
  });

  it("delivers all changes of an outage when Slack is back", async () => {
    const flow = await nextToSend(({ slack }) => slack.goAway());
    expect((await later(flow, 20 * MINUTE)).round).toMatchObject({ checked: 1, changes: { first: 1 } });
    flow.graph.revoke(flow.tokens.noMessaging);
    expect((await later(flow, 20 * MINUTE)).round).toMatchObject({ changes: { worse: 1 } });
    const { body } = await askOps(flow, "/readyz");
    const channel = flow.slack.channelId("wa-alerts");
    expect(JSON.parse(body)).toMatchObject({
      checks: {
        channels: { ok: false, message: expect.stringContaining(`Channel ${channel} did not accept a message: `) },
      },
    });
    await flow.slack.comeBack();
    await later(flow, 20 * MINUTE);
    expect(theAlert(flow).text).toContain("*orders-prod: token revoked*");
    expect((await askOps(flow, "/readyz")).body).toContain("Every channel accepted its messages.");
    // The first post says everything there is to say by then.
    expect(repliesTo(flow, theAlert(flow))).toEqual([]);
  });

  it("delivers to other channels while one channel fails", async () => {
    const world = await aWorld({
      watchlist: (source, slack) => `watches:
  - { name: bad, source: "${source("bad")}", channel: ${slack.channelId("old-alerts")} }
  - { name: good, source: "${source("bad")}" }`,
    });
    world.tokenFile("bad").write(world.tokens.noMessaging);
    const flow = withPeople(world, await world.startBot());
    expect(theAlert(flow).text).toContain("*good: permission missing*");
    const ready = await askOps(flow, "/readyz");
    expect(ready).toMatchObject({ status: 200, body: expect.stringContaining("is_archived") });
  });

  it("delivers messages that a killed bot left in the outbox", async () => {
    const world = await aWorld({ watchlist: ORDERS });
    world.tokenFile("orders").write(world.tokens.noMessaging);
    world.slack.faults.add({ kind: "reset", method: "chat.postMessage" });
    const bot = await world.startBot();
    const flow = withPeople(world, bot);
    expect(alertsSeen(flow)).toEqual([]);
    await bot.stop();
    world.clock.advance(MINUTE);
    await world.startBot();
    expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
  });
});
