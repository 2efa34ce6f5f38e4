import { describe, expect, it } from "vitest";
import { alertsSeen, ask, aWorld, DAY, headerOf, HOUR, MINUTE, withPeople, wordsOf } from "../flow.ts";
import { later, repliesTo, theAlert, watching, ORDERS } from "../watched.ts";

describe("an alert from first to last", () => {
  const mode = "http";

  it("is one message, edited, with a reply in its thread for each change", async () => {
    const world = await aWorld({ mode, watchlist: ORDERS });
    const { graph, clock, slack } = world;
    const days = (count: number): Date => new Date(clock.now().getTime() + count * DAY);
    const token = graph.issueToken({ label: "sixty", expiresAt: days(60) });
    world.tokenFile("orders").write(token);
    const flow = withPeople(world, await world.startBot());
    const mention = `<@${flow.sam.id}>`;

    await later(flow, 29 * DAY);
    expect(alertsSeen(flow)).toEqual([]);

    await later(flow, 2 * DAY);
    const opened = theAlert(flow);
    expect(opened.text).toMatch(/^🟠 \*orders-prod: token expiring\*\n/);
    expect(opened.text).toContain("\n1. ");
    expect(opened.text).not.toContain(mention);
    expect(repliesTo(flow, opened)).toEqual([]);

    await later(flow, HOUR);
    expect(theAlert(flow)).toMatchObject({ ts: opened.ts, edits: 0 });

    await later(flow, 16 * DAY);
    expect(repliesTo(flow, opened)).toMatchObject([
      { broadcast: false, text: expect.stringMatching(/^\*orders-prod\*: \d+ (?:days?|hours) left\. /) },
    ]);

    await later(flow, 12 * DAY + 2 * HOUR);
    const last = repliesTo(flow, opened).at(-1);
    expect(last).toMatchObject({ broadcast: true, text: expect.stringContaining(mention) });
    expect(theAlert(flow).text).toMatch(new RegExp(`^🔴 \\*orders-prod: token expiring\\*\n.* ${mention}\n`));

    graph.revoke(token);
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(new RegExp(`^🔴 \\*orders-prod: token revoked\\*\n.* ${mention}\n`));
    expect(wordsOf(theAlert(flow).attachments)).toContain("code 190/466");
    expect(repliesTo(flow, opened).at(-1)).toMatchObject({
      broadcast: true,
      text: expect.stringMatching(new RegExp(`^${mention} \\*orders-prod\\* got worse: revoked\\.`)),
    });

    const told = repliesTo(flow, opened).length;
    await graph.goAway();
    for (let tries = 0; tries < 3; tries += 1) await later(flow, 18 * MINUTE);
    expect(theAlert(flow).text).toContain("*orders-prod: token revoked*");
    expect(repliesTo(flow, opened)).toHaveLength(told);
    await later(flow, 30 * MINUTE);
    expect(theAlert(flow).text).toContain("*orders-prod: token revoked*");
    expect(theAlert(flow).text).toContain("Checks have failed since");
    expect(repliesTo(flow, opened).at(-1)).toMatchObject({
      broadcast: false,
      text: expect.stringMatching(/^Checks of \*orders-prod\* keep failing\. Last answer from Meta: /),
    });

    await graph.comeBack();
    world.tokenFile("orders").write(graph.issueToken({ label: "next", expiresAt: days(60) }));
    await later(flow, HOUR);
    const fixed = theAlert(flow);
    expect(fixed.ts).toBe(opened.ts);
    expect(fixed.text).toMatch(/^✅ \*orders-prod: fixed\*\nThe token was replaced\./);
    expect(fixed.text).toMatch(/Token expires: .*21 Mar 2027.*Old expiry: .*21 Jan 2027/);
    expect(fixed.edits).toBeGreaterThan(3);
    expect(repliesTo(flow, opened).at(-1)).toMatchObject({
      broadcast: false,
      text: expect.stringContaining("Old expiry: "),
    });

    const posts = slack.calls("chat.postMessage").length;
    await later(flow, 3 * HOUR);
    expect(slack.calls("chat.postMessage")).toHaveLength(posts);
    expect(flow.sam.dms()).toEqual([]);
    expect(slack.rejections()).toEqual([]);
  });
});

describe("an open alert", () => {
  it("names the owner at once when it is critical", async () => {
    const flow = await watching("noMessaging");
    const { text, blocks } = theAlert(flow);
    expect(text).toMatch(new RegExp(`^🔴 \\*orders-prod: permission missing\\*\n.* <@${flow.sam.id}>\n`));
    expect(headerOf(blocks)).toBe("🔴 orders-prod: permission missing");
    expect(wordsOf(blocks)).toContain(`checkout may be unable to send WhatsApp messages. <@${flow.sam.id}>`);
  });

  it("is repeated every four hours while it is critical", async () => {
    const flow = await watching("noMessaging");
    const alert = theAlert(flow);
    await later(flow, 3 * HOUR);
    expect(repliesTo(flow, alert)).toEqual([]);
    await later(flow, 2 * HOUR);
    expect(repliesTo(flow, alert)).toEqual([]);
    // It waits a minute for those of other alerts.
    await later(flow, MINUTE);
    const reminder = { broadcast: true, text: expect.stringMatching(/^<@U\w+> Still not fixed: \*orders-prod\*/) };
    expect(repliesTo(flow, alert)).toMatchObject([reminder]);
    await later(flow, 5 * HOUR);
    await later(flow, MINUTE);
    expect(repliesTo(flow, alert)).toMatchObject([reminder, reminder]);
  });

  it("is not repeated while it is only a warning", async () => {
    const flow = await watching("sixtyDay");
    const alert = theAlert(flow);
    await later(flow, 25 * HOUR);
    expect(repliesTo(flow, alert)).toEqual([]);
  });

  it("reports an improvement that is not yet a fix", async () => {
    const flow = await watching("noMessaging");
    const { graph, tokens } = flow;
    graph.unassign("100000000001001");
    await later(flow, HOUR);
    expect(repliesTo(flow, theAlert(flow)).at(-1)?.text).toContain("*orders-prod* got worse: ");
    graph.addScope(tokens.noMessaging, "whatsapp_business_messaging");
    await later(flow, HOUR);
    expect(repliesTo(flow, theAlert(flow)).at(-1)).toMatchObject({
      broadcast: false,
      text: expect.stringMatching(/^\*orders-prod\* improved, but is not fixed\. It is now degraded\./),
    });
    graph.assign("100000000001001", "100000000000777");
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(/^✅ \*orders-prod: fixed\*\nThe token works again\./);
  });

  it("survives a restart of the bot: the same message stays current", async () => {
    const flow = await watching("noMessaging");
    const alert = theAlert(flow);
    await flow.bot.stop();
    const again = withPeople(flow, await flow.startBot());
    expect(theAlert(again)).toMatchObject({ ts: alert.ts, edits: 0 });
    flow.graph.addScope(flow.tokens.noMessaging, "whatsapp_business_messaging");
    await later(again, HOUR);
    expect(theAlert(again)).toMatchObject({ ts: alert.ts, text: expect.stringMatching(/^✅ \*orders-prod: fixed\*/) });
  });

  it("ends as unwatched when its watch leaves the watchlist", async () => {
    const watchlist = (source: (name: string) => string): string => `watches:
  - { name: orders-prod, source: "${source("orders")}" }
  - { name: support, source: "${source("deployed")}" }`;
    const flow = await watching("noMessaging", { watchlist });
    const alert = theAlert(flow);
    await flow.bot.stop();
    const { config } = flow;
    await flow.startBot({ config: { ...config, watches: config.watches.filter(({ name }) => name === "support") } });
    expect(theAlert(flow).text).toMatch(/^⚪ \*orders-prod: no longer watched\*\nIt was removed from the watchlist\./);
    expect(repliesTo(flow, alert)).toMatchObject([
      { broadcast: false, text: expect.stringContaining("was removed from the watchlist") },
    ]);
    expect((await ask(flow, flow.robin, "status")).text).not.toContain("orders-prod");
  });
});

describe("what could not be found out", () => {
  it("causes no message for an hour, then a warning that blames no token", async () => {
    const flow = await watching("never");
    await flow.graph.goAway();
    for (let tries = 0; tries < 3; tries += 1) await later(flow, 20 * MINUTE);
    expect(alertsSeen(flow)).toEqual([]);
    await later(flow, 25 * MINUTE);
    const alert = theAlert(flow);
    expect(alert.text).toMatch(
      /^🟠 \*orders-prod: could not be checked\*\nThis bot cannot watch the token now\. .* may still work\.\n/,
    );
    expect(alert.text).toContain("Last answer from Meta: Healthy");
    expect(alert.text).not.toContain("<@");
    await flow.graph.comeBack();
    await later(flow, 20 * MINUTE);
    expect(theAlert(flow)).toMatchObject({ ts: alert.ts, text: expect.stringMatching(/^✅ \*orders-prod: fixed\*/) });
  });

  it("is reported at the second try when the operator must fix it", async () => {
    const world = await aWorld({ watchlist: ORDERS });
    const flow = withPeople(world, await world.startBot());
    expect(alertsSeen(flow)).toEqual([]);
    await later(flow, 20 * MINUTE);
    expect(theAlert(flow).text).toContain("could not be checked");
    expect(theAlert(flow).text).toContain("No check of this token has succeeded yet.");
    expect((await ask(flow, flow.robin, "status")).text).toContain("No check has succeeded since");
  });
});

describe("time that passed while no bot ran", () => {
  it("is made up for at the start", async () => {
    const flow = await watching("never");
    await flow.bot.stop();
    flow.tokenFile("orders").write(flow.tokens.sixtyDay);
    flow.clock.advance(DAY);
    await flow.startBot();
    expect(theAlert(flow).text).toContain("*orders-prod: token expiring*");
  });

  it("does not delay a watch that changed in the watchlist: it is inspected at the start", async () => {
    const flow = await watching("sixtyDay", { env: { CHECK_INTERVAL: "1d", WARN_AT: "1d" } });
    expect(alertsSeen(flow)).toEqual([]);
    await flow.bot.stop();
    flow.clock.advance(MINUTE);
    const { policy } = flow.config.defaults;
    const warnAt = [{ text: "7d", ms: 7 * DAY }];
    const watches = flow.config.watches.map((watch) => ({ ...watch, policy: { ...policy, warnAt } }));
    await flow.startBot({ config: { ...flow.config, watches } });
    expect(theAlert(flow).text).toContain("*orders-prod: token expiring*");
  });

  it("causes no inspection of watches that are not due", async () => {
    const flow = await watching("never");
    await flow.bot.stop();
    flow.graph.forgetCalls();
    await flow.startBot();
    expect(flow.graph.calls()).toEqual([]);
  });
});
