import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../sandbox/slack/messages.ts";
import { acked, ask, type Flow, HOUR, MINUTE, MODES, wordsOf } from "./flow.ts";
import { aShop, fillInSnooze, ROUND, saying } from "./many.ts";
import { later, ORDERS, repliesTo, theAlert, watching } from "./watched.ts";

const CHANNELS = { channels: [{ name: "wa-alerts" }, { name: "bosses" }] };

const bosses = ({ robin }: Pick<Flow, "robin">): readonly SeenMessage[] => robin.channelMessages("bosses");

/** What the thread of their message was told. */
const threadOf = (flow: Flow): readonly string[] => {
  const [message] = bosses(flow);
  return message === undefined ? [] : repliesTo(flow, message).map(({ text }) => text);
};

const toBosses = { slack: CHANNELS, env: ({ channelId }: Flow["slack"]) => ({ ESCALATE_TO: channelId("bosses") }) };
const toRobin = { env: ({ person }: Flow["slack"]) => ({ ESCALATE_TO: person("robin").id }) };

const press = async (person: Flow["robin"], text: string, message: SeenMessage | undefined): Promise<void> => {
  if (message === undefined) throw new Error("there is no such message");
  expect(await person.click({ text }, { in: message })).toEqual(acked);
};

describe("a critical alert that nobody answers", () => {
  it("goes to another channel after ESCALATE_AFTER, once and whole; its thread and status say so", async () => {
    const flow = await watching("noMessaging", toBosses);
    const alert = theAlert(flow);
    await later(flow, 59 * MINUTE);
    expect(bosses(flow)).toEqual([]);
    await later(flow, 2 * MINUTE);
    const [passedOn, ...more] = bosses(flow);
    expect(more).toEqual([]);
    expect(passedOn?.text).toMatch(
      new RegExp(
        `^<@${flow.sam.id}> Nobody answered for 1 hour in <#${alert.channel}> \\(<https://[^|]*\\|see the message>\\): \\*orders-prod\\*\\. Please take over:\nCritical: `,
      ),
    );
    for (const words of ["lacks the permission", "Affected: checkout.", "What to do:\n1. ", "Seen "])
      expect(passedOn?.text).toContain(words);
    expect(passedOn?.text).not.toContain("Escalated");
    expect(theAlert(flow).text).toMatch(/Escalated .*09:01 UTC>: nobody had answered\./);
    expect(repliesTo(flow, alert)).toMatchObject([
      {
        broadcast: false,
        text: "Escalated to on-call: *orders-prod*. Nobody answered for 1 hour.",
      },
    ]);
    const status = (await ask(flow, flow.robin, "status orders-prod")).text;
    expect(status).toContain("Escalated 22 Nov 2026, 09:01 UTC: nobody had answered");
    expect(status).toContain("22 Nov 2026, 09:01 UTC · Degraded, nobody answered, escalated.");
    await later(flow, HOUR);
    expect(bosses(flow)).toHaveLength(1);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("goes to a person's direct messages, and calls the user group on call", async () => {
    const env = ({ person }: Flow["slack"]) => ({ ESCALATE_TO: person("robin").id, ONCALL: "S0123ONCALL" });
    const flow = await watching("noMessaging", { env });
    expect(theAlert(flow).text).toMatch(new RegExp(`^<@${flow.sam.id}> <!subteam\\^S0123ONCALL> Critical: `));
    await later(flow, 61 * MINUTE);
    const [dm, ...more] = flow.robin.dms();
    expect(more).toEqual([]);
    expect(dm?.text).toMatch(/^<@\w+> <!subteam\^S0123ONCALL> Nobody answered for 1 hour/);
    await later(flow, 3 * HOUR);
    await later(flow, MINUTE);
    expect(repliesTo(flow, theAlert(flow)).at(-1)).toMatchObject({
      broadcast: true,
      text: expect.stringMatching(/^<@\w+> <!subteam\^S0123ONCALL> Still not fixed/),
    });
  });

  it("goes to its owner when ESCALATE_TO refuses it, and is not called passed on before", async () => {
    const slack = { channels: [{ name: "wa-alerts" }, { name: "bosses", kind: "archived" as const }] };
    const flow = await watching("noMessaging", { ...toBosses, slack });
    await later(flow, 61 * MINUTE);
    expect(flow.sam.dms()).toMatchObject([{ text: expect.stringMatching(/^<@\w+> Nobody answered for 1 hour in/) }]);
    expect((await ask(flow, flow.robin, "status")).text).toMatch(/Escalated [^:]*09:01 UTC: nobody had answered$/m);
  });

  it("stands in its own channel when nobody else takes it", async () => {
    const slack = { channels: [{ name: "wa-alerts" }, { name: "bosses", kind: "archived" as const }] };
    const watchlist: typeof ORDERS = (source, workspace) => ORDERS(source, workspace).replace(/\n *owner: .*/, "");
    const flow = await watching("noMessaging", { ...toBosses, slack, watchlist });
    await later(flow, 61 * MINUTE);
    expect(flow.robin.channelMessages("wa-alerts").map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^Nobody answered for 1 hour in <#\w+> \(<https:[^|]*\|see the message>\): \*orders-prod\*\. Please take over:/,
      ),
    );
  });

  it("shows the escalation, in status and Home, while nobody takes it", async () => {
    const slack = {
      channels: [
        { name: "wa-alerts", botIsMember: false },
        { name: "bosses", kind: "archived" as const },
      ],
    };
    const watchlist: typeof ORDERS = (source, workspace) => ORDERS(source, workspace).replace(/\n *owner: .*/, "");
    const flow = await watching("noMessaging", { ...toBosses, slack, watchlist });
    // Its channel refuses it a second time: from then on people can have been waiting.
    await later(flow, MINUTE);
    await later(flow, 61 * MINUTE);
    const { text } = await ask(flow, flow.robin, "status");
    expect(text).toMatch(/nobody had answered, but on-call has not been told yet: <#\w+> .* invite the bot/);
    expect(text).toMatch(
      /\*Not delivered\* to <#\w+> .*: invite the bot .*Its alerts: \*orders-prod\*. Also waiting: an esc/,
    );
    await flow.robin.homeOpened();
    await flow.slack.waitFor(() => /on-call has not been/.test(wordsOf(flow.robin.home()?.blocks)));
  });

  it("calls the watch's own person on call instead of ONCALL", async () => {
    const watchlist: typeof ORDERS = (source, slack) =>
      `${ORDERS(source, slack)}\n    oncall: ${slack.person("robin").id}`;
    const flow = await watching("noMessaging", { watchlist, env: { ONCALL: "S0123ONCALL" } });
    expect(theAlert(flow).text).toMatch(new RegExp(`^<@${flow.sam.id}> <@${flow.robin.id}> Critical: `));
    expect(theAlert(flow).text).not.toContain("subteam");
  });

  it("is one message with many others", async () => {
    const shop = await aShop(toRobin);
    shop.revoke(...shop.names);
    await later(shop, ROUND);
    await later(shop, 61 * MINUTE);
    const [passedOn, ...more] = shop.robin.dms();
    expect(more).toEqual([]);
    expect(passedOn?.text).toMatch(
      /Nobody answered 7 critical alerts\. Please take over:\n.*revoked it\.\nWhat to do:/,
    );
    expect(passedOn?.text).toContain(`• *crm*: revoked. Used by crm-app. Owner: <@${shop.sam.id}>. In <#`);
    expect(repliesTo(shop, theAlert(shop)).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Escalated to on-call because nobody answered \(7\): \*billing\*, \*crm\*/),
    ]);
  });

  it("is answered for all where many others stand, and the message that they went to says so", async () => {
    const shop = await aShop(toRobin);
    const { robin, slack } = shop;
    shop.revoke(...shop.names);
    await later(shop, ROUND);
    await later(shop, 61 * MINUTE);
    const passedOn = await slack.waitFor(() => robin.dms()[0]);
    await press(robin, "Acknowledge all", passedOn);
    await saying(shop, /Taken by <@\w+>: all 7,/);
    const shown = await slack.waitFor(() => robin.dms().find(({ text }) => /Taken by <@\w+>: all 7,/.test(text)));
    expect(shown.ts).toBe(passedOn.ts);
    const thread = (): readonly string[] => robin.thread(passedOn.channel, passedOn.ts).map(({ text }) => text);
    await slack.waitFor(() => /^Taken by <@\w+> \(7\): \*billing\*, \*crm\*/.test(thread()[1] ?? ""));
    expect(wordsOf(robin.dms()[0]?.attachments)).toContain("Undo acknowledgement");

    await press(robin, "Snooze all…", passedOn);
    await fillInSnooze(shop, robin, "3d", "new tokens are being made");
    await robin.submit();
    expect((await saying(shop, /Snoozed by <@\w+>: all 7,/)).text).toContain("new tokens are being made");
    expect(slack.rejections()).toEqual([]);
  });

  it.each(["acknowledged", "snoozed", "only a warning"])("does not while it is %s", async (why) => {
    const flow = await watching(why === "only a warning" ? "sixtyDay" : "noMessaging", toBosses);
    if (why === "acknowledged") await press(flow.robin, "Acknowledge", theAlert(flow));
    if (why === "snoozed") {
      await press(flow.robin, "Snooze…", theAlert(flow));
      await fillInSnooze(flow, flow.robin, "3d", "known");
      await flow.robin.submit();
    }
    await later(flow, 5 * HOUR);
    expect(bosses(flow)).toEqual([]);
  });
});

describe.each(MODES)("the message to those whom an alert went to, bot on %s", (mode) => {
  it("has its buttons, and shows who took it", async () => {
    const flow = await watching("noMessaging", { mode, ...toBosses });
    await later(flow, 61 * MINUTE);
    expect(wordsOf(bosses(flow)[0]?.attachments)).toMatch(/Acknowledge\nSnooze…\nCheck now\nOpen guide$/);
    await press(flow.robin, "Acknowledge", bosses(flow)[0]);
    const shown = await flow.slack.waitFor(() => bosses(flow).find(({ text }) => text.includes("Taken by")));
    expect(shown.text).toMatch(new RegExp(`Taken by <@${flow.robin.id}>: .*\\. Nobody had answered in <#`));
    await flow.slack.waitFor(() => threadOf(flow)[0]?.startsWith(`Taken by <@${flow.robin.id}>: *orders-prod*.`));
    await flow.slack.waitFor(() => theAlert(flow).text.includes(`Taken by <@${flow.robin.id}>`));
    expect(bosses(flow)).toHaveLength(1);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("shows a snooze with its reason, and that it is fixed", async () => {
    const flow = await watching("noMessaging", { mode, ...toBosses });
    await later(flow, 61 * MINUTE);
    await press(flow.robin, "Snooze…", bosses(flow)[0]);
    await fillInSnooze(flow, flow.robin, "1h", "a new token comes");
    await flow.robin.submit();
    await flow.slack.waitFor(() => bosses(flow)[0]?.text.includes("a new token comes"));
    flow.tokenFile("orders").write(flow.tokens.never);
    await later(flow, HOUR);
    await flow.slack.waitFor(() =>
      /Fixed: \*orders-prod\*\. The token was replaced\./.test(bosses(flow)[0]?.text ?? ""),
    );
    expect(threadOf(flow).map((text) => text.split(/[ :,]/)[0])).toEqual(["Snoozed", "Fixed"]);
    expect(wordsOf(bosses(flow)[0]?.attachments)).not.toContain("Acknowledge");
    expect(bosses(flow)).toHaveLength(1);
  });
});

describe("an answered alert that gets worse", () => {
  it("is nobody's again: acknowledgement and snooze end, it calls, and is escalated again", async () => {
    const flow = await watching("noMessaging", toBosses);
    const alert = theAlert(flow);
    await later(flow, 61 * MINUTE);
    await press(flow.robin, "Acknowledge", alert);
    await flow.slack.waitFor(() => bosses(flow)[0]?.text.includes("Taken by"));
    await press(flow.robin, "Snooze…", alert);
    await fillInSnooze(flow, flow.robin, "7d", "known");
    await flow.robin.submit();
    await flow.slack.waitFor(() => theAlert(flow).text.includes("Snoozed by"));
    flow.graph.revoke(flow.tokens.noMessaging);
    await later(flow, ROUND);
    expect(theAlert(flow).text).toMatch(/Critical: \*orders-prod\* is revoked/);
    expect(theAlert(flow).text).not.toMatch(/Acknowledged|Snoozed/);
    expect(repliesTo(flow, alert).at(-1)).toMatchObject({
      broadcast: true,
      text: expect.stringMatching(new RegExp(`^<@${flow.sam.id}> Now worse: \\*orders-prod\\* is revoked`)),
    });
    await later(flow, 61 * MINUTE);
    expect(bosses(flow)).toHaveLength(2);
    expect(bosses(flow)[1]?.text).toMatch(/Nobody answered for 1 hour .*\n?.*Critical: \*orders-prod\* is revoked/);
    expect(theAlert(flow).text).toMatch(/Escalated .*10:19 UTC>: nobody had answered/);
  });
});
