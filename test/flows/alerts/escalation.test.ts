import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { acked, ask, type Flow, HOUR, MINUTE, wordsOf } from "../flow.ts";
import { aShop, fillInSnooze, ROUND, saying } from "./many.ts";
import { later, ORDERS, repliesTo, theAlert, watching } from "../watched.ts";

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
  it("is escalated once after ESCALATE_AFTER, in brief and with a link; thread and status say so", async () => {
    const flow = await watching("noMessaging", toBosses);
    const alert = theAlert(flow);
    await later(flow, 59 * MINUTE);
    expect(bosses(flow)).toEqual([]);
    await later(flow, 2 * MINUTE);
    const [passedOn, ...more] = bosses(flow);
    expect(more).toEqual([]);
    expect(passedOn?.text).toMatch(
      new RegExp(
        `^🔴 \\*orders-prod: permission missing\\*\n.* <@${flow.sam.id}>\nEscalated to on-call: nobody responded in <#${alert.channel}> \\(<https://[^|]*\\|open the alert>\\) within 1 hour\\. Please take over\\.\n`,
      ),
    );
    for (const words of ["lacks the permission", "checkout may be unable to send"])
      expect(passedOn?.text).toContain(words);
    for (const words of ["\n1. ", "Phone number", "Seen "]) expect(passedOn?.text).not.toContain(words);
    expect(passedOn?.text.match(/Escalated/g)).toHaveLength(1);
    expect(theAlert(flow).text).toMatch(/Escalated to on-call .*09:01 UTC>: nobody responded\./);
    expect(repliesTo(flow, alert)).toMatchObject([
      {
        broadcast: false,
        text: "Escalated to on-call: nobody responded to *orders-prod* within 1 hour.",
      },
    ]);
    const status = (await ask(flow, flow.robin, "status orders-prod")).text;
    expect(status).toContain("Escalated 22 Nov 2026, 09:01 UTC: nobody responded");
    expect(status).toContain("22 Nov 2026, 09:01 UTC · Escalated, nobody responded.");
    await later(flow, HOUR);
    expect(bosses(flow)).toHaveLength(1);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("is escalated to a person's direct messages, and notifies the user group on call", async () => {
    const env = ({ person }: Flow["slack"]) => ({ ESCALATE_TO: person("robin").id, ONCALL: "S0123ONCALL" });
    const flow = await watching("noMessaging", { env });
    expect(theAlert(flow).text).toMatch(
      new RegExp(`^🔴 \\*orders-prod: .*\\*\n.* <@${flow.sam.id}> <!subteam\\^S0123ONCALL>\n`),
    );
    await later(flow, 61 * MINUTE);
    const [dm, ...more] = flow.robin.dms();
    expect(more).toEqual([]);
    expect(dm?.text).toMatch(
      /^🔴 \*orders-prod: .*\*\n.* <@\w+> <!subteam\^S0123ONCALL>\nEscalated to on-call: nobody responded in .* within 1 hour\. /,
    );
    await later(flow, 3 * HOUR);
    await later(flow, MINUTE);
    expect(repliesTo(flow, theAlert(flow)).at(-1)).toMatchObject({
      broadcast: true,
      text: expect.stringMatching(/^<@\w+> <!subteam\^S0123ONCALL> Still not fixed/),
    });
  });

  it("goes to its owner when ESCALATE_TO refuses it, and counts as escalated only then", async () => {
    const slack = { channels: [{ name: "wa-alerts" }, { name: "bosses", kind: "archived" as const }] };
    const flow = await watching("noMessaging", { ...toBosses, slack });
    await later(flow, 61 * MINUTE);
    expect(flow.sam.dms()).toMatchObject([
      {
        text: expect.stringMatching(/^🔴 .*\n.* <@\w+>\nEscalated to on-call: nobody responded in .* within 1 hour\. /),
      },
    ]);
    expect((await ask(flow, flow.robin, "status")).text).toMatch(/Escalated [^:]*09:01 UTC: nobody responded$/m);
  });

  it("is escalated in its own channel when every other place refuses it", async () => {
    const slack = { channels: [{ name: "wa-alerts" }, { name: "bosses", kind: "archived" as const }] };
    const watchlist: typeof ORDERS = (...world) => ORDERS(...world).replace(/\n *owner: .*/, "");
    const flow = await watching("noMessaging", { ...toBosses, slack, watchlist });
    await later(flow, 61 * MINUTE);
    expect(flow.robin.channelMessages("wa-alerts").map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^🔴 \*orders-prod: .*\n.*\nEscalated to on-call: nobody responded in <#\w+> \(<https:[^|]*\|open the alert>\) within 1 hour\. Please take over\./,
      ),
    );
  });

  it("shows the planned escalation in status and Home while every place refuses it", async () => {
    const slack = {
      channels: [
        { name: "wa-alerts", botIsMember: false },
        { name: "bosses", kind: "archived" as const },
      ],
    };
    const watchlist: typeof ORDERS = (...world) => ORDERS(...world).replace(/\n *owner: .*/, "");
    const flow = await watching("noMessaging", { ...toBosses, slack, watchlist });
    // Its channel refuses it a second time: from then on people can have been waiting.
    await later(flow, MINUTE);
    await later(flow, 61 * MINUTE);
    const { text } = await ask(flow, flow.robin, "status");
    expect(text).toMatch(/nobody responded\. <#\w+> .* refused the escalation: invite the bot/);
    expect(text).toMatch(
      /\*Not delivered\* to <#\w+> .*: invite the bot .*Alerts of \*orders-prod\*\. Also waiting: an esc/,
    );
    await flow.robin.homeOpened();
    await flow.slack.waitFor(() => /refused the escalation/.test(wordsOf(flow.robin.home()?.blocks)));
  });

  it("notifies the watch's own on-call instead of ONCALL", async () => {
    const watchlist: typeof ORDERS = (source, slack, apps) =>
      `${ORDERS(source, slack, apps)}\n    oncall: ${slack.person("robin").id}`;
    const flow = await watching("noMessaging", { watchlist, env: { ONCALL: "S0123ONCALL" } });
    expect(theAlert(flow).text).toMatch(
      new RegExp(`^🔴 \\*orders-prod: .*\\*\n.* <@${flow.sam.id}> <@${flow.robin.id}>\n`),
    );
    expect(theAlert(flow).text).not.toContain("subteam");
  });

  it("is escalated in one message with many others", async () => {
    const shop = await aShop(toRobin);
    shop.revoke(...shop.names);
    await later(shop, ROUND);
    await later(shop, 61 * MINUTE);
    const [passedOn, ...more] = shop.robin.dms();
    expect(more).toEqual([]);
    expect(passedOn?.text).toMatch(
      /^🔴 \*Escalated to on-call: 7 alerts\*\n<@\w+> <@\w+>\nNobody responded\. Please take over\.\n.*ended its session\.\n1\. /,
    );
    expect(passedOn?.text).toContain(
      `• *crm*: revoked. Used by crm-app. Owner: <@${shop.sam.id}>. Nobody responded within 1 hour. In <#`,
    );
    expect(repliesTo(shop, theAlert(shop)).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Escalated to on-call, because nobody responded: \*billing\*, \*crm\*.* \(7\)\./),
    ]);
  });

  it("can be acknowledged with its group, and the escalation message shows that", async () => {
    const shop = await aShop(toRobin);
    const { robin, slack } = shop;
    shop.revoke(...shop.names);
    await later(shop, ROUND);
    await later(shop, 61 * MINUTE);
    const passedOn = await slack.waitFor(() => robin.dms()[0]);
    await press(robin, "Acknowledge all", passedOn);
    await saying(shop, /Taken: all 7, by/);
    const shown = await slack.waitFor(() => robin.dms().find(({ text }) => text.includes("Taken: all 7, by")));
    expect(shown.ts).toBe(passedOn.ts);
    const thread = (): readonly string[] => robin.thread(passedOn.channel, passedOn.ts).map(({ text }) => text);
    await slack.waitFor(() => /^Taken by <@\w+>: \*billing\*, \*crm\*.* \(7\)\./.test(thread()[1] ?? ""));
    expect(wordsOf(robin.dms()[0]?.attachments)).toContain("Undo acknowledgement");

    await press(robin, "Snooze all…", passedOn);
    await fillInSnooze(shop, robin, "3d", "new tokens are being made");
    await robin.submit();
    expect((await saying(shop, /Snoozed: all 7, by/)).text).toContain("new tokens are being made");
    expect(slack.rejections()).toEqual([]);
  });

  it.each(["acknowledged", "snoozed", "only a warning"])("is not escalated while it is %s", async (why) => {
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

describe("the message to those whom an alert went to", () => {
  const mode = "http";

  it("has its buttons, and names the person who took it", async () => {
    const flow = await watching("noMessaging", { mode, ...toBosses });
    await later(flow, 61 * MINUTE);
    expect(wordsOf(bosses(flow)[0]?.attachments)).toBe("Acknowledge\nSnooze…\nCheck now\nOpen guide");
    await press(flow.robin, "Acknowledge", bosses(flow)[0]);
    const shown = await flow.slack.waitFor(() => bosses(flow).find(({ text }) => text.includes("Taken by")));
    expect(shown.text).toMatch(new RegExp(`nobody responded in <#[^]*\nTaken by <@${flow.robin.id}>, `));
    expect(shown.text).not.toContain("Please take over");
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
      bosses(flow)[0]?.text.startsWith("✅ *orders-prod: fixed*\nThe token was replaced."),
    );
    expect(threadOf(flow).map((text) => text.split(/[ :,]/)[0])).toEqual(["Snoozed", "Fixed"]);
    expect(wordsOf(bosses(flow)[0]?.attachments)).not.toContain("Acknowledge");
    expect(bosses(flow)).toHaveLength(1);
  });
});

describe("an answered alert that gets worse", () => {
  it("loses its acknowledgement and snooze, notifies people, and is escalated again", async () => {
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
    expect(theAlert(flow).text).toMatch(new RegExp(`^🔴 \\*orders-prod: token revoked\\*\n.* <@${flow.sam.id}>\n`));
    expect(theAlert(flow).text).not.toMatch(/Taken|Snoozed/);
    expect(repliesTo(flow, alert).at(-1)).toMatchObject({
      broadcast: true,
      text: expect.stringMatching(new RegExp(`^<@${flow.sam.id}> \\*orders-prod\\* got worse: revoked\\.`)),
    });
    await later(flow, 61 * MINUTE);
    expect(bosses(flow)).toHaveLength(2);
    expect(bosses(flow)[1]?.text).toMatch(
      /^🔴 \*orders-prod: token revoked\*\n.*\nEscalated to on-call: .* within 1 hour\. /,
    );
    expect(theAlert(flow).text).toMatch(/Escalated to on-call .*10:19 UTC>: nobody responded/);
  });
});
