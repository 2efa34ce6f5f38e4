import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import type { Person } from "../../../sandbox/slack/people/driver.ts";
import { acked, type Flow, HOUR, MINUTE, withPeople, wordsOf } from "../flow.ts";
import { later, repliesTo, theAlert, watching } from "../watched.ts";

/** Presses a button of the alert as it stands. */
const press = async (flow: Flow, person: Person, text: string, alert = theAlert(flow)): Promise<void> => {
  expect(await person.click({ text }, { in: alert })).toEqual(acked);
};

const edited = ({ slack, ...flow }: Flow, words: string): Promise<SeenMessage> =>
  slack.waitFor(() => {
    const alert = theAlert(flow);
    return alert.text.includes(words) ? alert : undefined;
  });

/** The newest private answer with these words. */
const told = ({ slack }: Flow, person: Person, words: RegExp): Promise<SeenMessage> =>
  slack.waitFor(() => person.ephemerals().findLast(({ text }) => words.test(text)));

const replied = (flow: Flow, words: RegExp): Promise<SeenMessage> =>
  flow.slack.waitFor(() => repliesTo(flow, theAlert(flow)).findLast(({ text }) => words.test(text)));

const openSnooze = async (flow: Flow, person: Person): Promise<void> => {
  await press(flow, person, "Snooze…");
  await flow.slack.waitFor(() => person.modal()?.callbackId === "alert.snooze.form");
};

const fillIn = async (person: Person, until: string, reason: string): Promise<void> => {
  await person.select("alert.snooze.until", until);
  await person.type("alert.snooze.reason", reason);
};

describe("the buttons of an alert", () => {
  const mode = "socket";

  it("acknowledge and undo: the message is edited at once, and its thread names the person", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, sam } = flow;
    const opened = theAlert(flow);
    await press(flow, robin, "Acknowledge");
    const seen = await edited(flow, `Taken by <@${robin.id}>`);
    expect(seen.ts).toBe(opened.ts);
    expect(await replied(flow, /^Taken by/)).toMatchObject({
      broadcast: false,
      text: expect.stringContaining(`<@${robin.id}>`),
    });
    await later(flow, 25 * HOUR);
    expect(repliesTo(flow, seen)).toHaveLength(1);

    await press(flow, sam, "Undo acknowledgement");
    expect((await replied(flow, /is open again: .+ undid the acknowledgement/)).text).toContain(`<@${sam.id}>`);
    expect(theAlert(flow).text).not.toContain("Taken by");
    await later(flow, 25 * HOUR);
    // A reminder waits a minute for those of other alerts.
    await later(flow, MINUTE);
    expect((await replied(flow, /Still not fixed/)).broadcast).toBe(true);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("snooze asks for a reason, shows it, and can be ended", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, sam, slack } = flow;
    await openSnooze(flow, robin);
    await fillIn(robin, "1h", " ");
    expect(await robin.submit()).not.toMatchObject({ kind: "silent" });
    expect(Object.keys(robin.modal()?.errors ?? {})).toEqual(["alert.snooze.reason"]);
    await fillIn(robin, "3d", "rotation is planned");
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    expect(robin.modal()).toBeUndefined();
    const seen = await edited(flow, `Snoozed by <@${robin.id}> until `);
    expect(seen.text).toContain("rotation is planned");
    expect((await replied(flow, /^Snoozed by/)).text).toContain("rotation is planned");
    await later(flow, 48 * HOUR);
    expect(repliesTo(flow, seen)).toHaveLength(1);

    await press(flow, sam, "End snooze");
    expect((await replied(flow, /^Snooze ended by/)).text).toContain(`<@${sam.id}>`);
    expect(theAlert(flow).text).not.toContain("Snoozed by");
    expect(slack.rejections()).toEqual([]);
  });

  it("check now: a private message with the progress and the result; the alert shows it too", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, sam, graph, tokens, clock } = flow;
    clock.advance(MINUTE);
    await press(flow, robin, "Check now");
    await told(flow, robin, /^\*orders-prod\*: Degraded/);
    expect(robin.ephemerals().map(({ text }) => text.split(" ")[0])).toEqual(["Checking", "*orders-prod*:"]);
    expect((await replied(flow, /^Checked by/)).text).toBe(
      `Checked by <@${robin.id}>: *orders-prod* is still not fixed (degraded).`,
    );
    await edited(flow, `Last checked by <@${robin.id}>, `);
    await press(flow, sam, "Check now");
    await told(flow, sam, /was checked a moment ago/);

    clock.advance(MINUTE);
    graph.addScope(tokens.noMessaging, "whatsapp_business_messaging");
    await press(flow, robin, "Check now");
    expect((await told(flow, robin, /^\*orders-prod\*: Healthy/)).text).not.toContain("Something went wrong");
    await flow.slack.waitFor(() => theAlert(flow).text.startsWith("✅ *orders-prod: fixed*"));
    expect(wordsOf(theAlert(flow).attachments)).not.toContain("Acknowledge");
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("open guide shows the topic that helps, to this person only, with links to more", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, sam } = flow;
    await press(flow, robin, "Open guide");
    const page = await flow.slack.waitFor(() => robin.ephemerals()[0]);
    expect(wordsOf(page.blocks)).toMatch(/permission/i);
    expect(sam.ephemerals()).toEqual([]);
    expect(theAlert(flow).edits).toBe(0);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("refuses every press of people from another organisation, in private", async () => {
    const channels = [{ name: "wa-alerts", shared: true }];
    const flow = await watching("noMessaging", { mode, slack: { channels } });
    const { guest } = flow;
    for (const [count, text] of ["Acknowledge", "Snooze…", "Check now", "Open guide"].entries()) {
      await press(flow, guest, text);
      await flow.slack.waitFor(() => guest.ephemerals().length === count + 1);
    }
    for (const { text } of guest.ephemerals()) expect(text).toMatch(/^Only people of the workspace/);
    expect(guest.modal()).toBeUndefined();
    expect(theAlert(flow).edits).toBe(0);
  });

  it("refuses people who are not in ALLOWED_USERS, in private", async () => {
    const flow = await watching("noMessaging", { mode, env: { ALLOWED_USERS: "U0SOMEBODY" } });
    await press(flow, flow.robin, "Acknowledge");
    await told(flow, flow.robin, /ALLOWED_USERS/);
    expect(theAlert(flow).edits).toBe(0);
  });

  it("of two people in the same second one is first, and the other gets that name", async () => {
    const flow = await watching("noMessaging", { mode });
    const people = [flow.robin, flow.sam];
    const alert = theAlert(flow);
    await Promise.all(people.map((person) => press(flow, person, "Acknowledge", alert)));
    const seen = await edited(flow, "Taken by");
    const [first, second] = seen.text.includes(`Taken by <@${flow.robin.id}>`) ? people : people.toReversed();
    if (first === undefined || second === undefined) throw new Error("there are two people");
    expect((await told(flow, second, /already acknowledged it/)).text).toContain(`<@${first.id}>`);
    await replied(flow, /^Taken by/);
    expect(repliesTo(flow, alert)).toHaveLength(1);
  });

  it("answers privately when the alert was resolved meanwhile", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, sam } = flow;
    await openSnooze(flow, sam);
    await fillIn(sam, "7d", "later");
    flow.graph.addScope(flow.tokens.noMessaging, "whatsapp_business_messaging");
    flow.slack.faults.add({ kind: "status", status: 503, method: "chat.update", times: 1 });
    await later(flow, HOUR);
    expect(theAlert(flow).edits).toBe(0);
    await press(flow, robin, "Acknowledge");
    await told(flow, robin, /this alert ended/);
    expect(await sam.submit()).toMatchObject({ answer: { response_action: "update" } });
    expect(wordsOf(sam.modal()?.blocks)).toContain("this alert ended");
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(/^✅ \*orders-prod: fixed\*/);
    expect(repliesTo(flow, theAlert(flow))).toHaveLength(1);
  });

  it("still work after a restart", async () => {
    const flow = await watching("noMessaging", { mode });
    const opened = theAlert(flow);
    await flow.bot.stop();
    const again = withPeople(flow, await flow.startBot());
    await again.slack.waitFor(() => again.slack.sockets.open() === 1);
    await press(again, again.robin, "Acknowledge", opened);
    await edited(again, `Taken by <@${again.robin.id}>`);
    await again.bot.stop();
    const third = withPeople(again, await again.startBot());
    await third.slack.waitFor(() => third.slack.sockets.open() === 1);
    await press(third, third.sam, "Undo acknowledgement");
    expect((await replied(third, /is open again: .+ undid the acknowledgement/)).text).toContain(`<@${third.sam.id}>`);
    expect(theAlert(third).ts).toBe(opened.ts);
  });
});

describe("an answer of a person", () => {
  it("is saved while Slack is unreachable, and shown afterwards", async () => {
    const flow = await watching("noMessaging");
    flow.slack.faults.add({ kind: "status", status: 503, method: "chat.update", times: 1 });
    const failed = flow.bot.nextLine("alert not delivered");
    await press(flow, flow.robin, "Acknowledge");
    await failed;
    // The line comes before the failure is saved; the second hour is past its pause in any case.
    for (let tries = 0; tries < 2; tries += 1) await later(flow, HOUR);
    expect(theAlert(flow).text).toContain(`Taken by <@${flow.robin.id}>`);
    expect(repliesTo(flow, theAlert(flow))).toMatchObject([{ text: expect.stringMatching(/^Taken by/) }]);
  });

  it("ends when it gets worse", async () => {
    const flow = await watching("noMessaging");
    await press(flow, flow.robin, "Acknowledge");
    await edited(flow, "Taken by");
    flow.graph.revoke(flow.tokens.noMessaging);
    await later(flow, HOUR);
    expect(theAlert(flow).text).not.toContain("Taken by");
    expect(repliesTo(flow, theAlert(flow)).at(-1)).toMatchObject({ broadcast: true });
  });
});
