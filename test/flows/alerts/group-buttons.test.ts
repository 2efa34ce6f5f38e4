import { describe, expect, it } from "vitest";
import type { SlackModeName } from "../../../sandbox/world.ts";
import { acked, ask, DAY, HOUR, MINUTE, wordsOf } from "../flow.ts";
import { aShop, fillInSnooze, messagesSeen, ROUND, saying, type Shop, tickBy, told } from "./many.ts";
import { later, repliesTo, theAlert } from "../watched.ts";

/** A group of six. */
const aGroup = async (mode: SlackModeName, options: Parameters<typeof aShop>[0] = {}): Promise<Shop> => {
  const shop = await aShop({ mode, ...options });
  shop.revoke(...shop.names.slice(0, 6));
  await later(shop, ROUND);
  return shop;
};

const press = async (shop: Shop, person: Shop["robin"], text: string, message = theAlert(shop)): Promise<void> => {
  expect(await person.click({ text }, { in: message })).toEqual(acked);
};

const replied = (shop: Shop, words: RegExp) =>
  shop.slack.waitFor(() => repliesTo(shop, theAlert(shop)).findLast(({ text }) => words.test(text)));

describe("the buttons of a group", () => {
  const mode = "http";

  it("acknowledge all: edited at once, with the name in the thread and no reminders until one gets worse", async () => {
    const shop = await aGroup(mode);
    const { robin, slack, names } = shop;
    const group = theAlert(shop);
    await press(shop, robin, "Acknowledge all");
    const seen = await saying(shop, /Taken: all 6, by <@\w+>,/);
    expect(seen).toMatchObject({ ts: group.ts, edits: 1 });
    expect(seen.text).toMatch(new RegExp(`Taken: all 6, by <@${robin.id}>, .*22 Nov 2026, 08:17 UTC>\\.`));
    expect(wordsOf(seen.attachments)).not.toContain("Acknowledge all");
    const reply = await replied(shop, /^Taken by/);
    expect(reply).toMatchObject({ broadcast: false });
    expect(reply.text).toBe(
      `Taken by <@${robin.id}>: *billing*, *crm*, *loyalty*, *news*, *orders* and *returns* (6).`,
    );
    await tickBy(shop, DAY, HOUR);
    expect(repliesTo(shop, group)).toHaveLength(1);
    expect((await ask(shop, robin, "status crm")).text).toContain(`Acknowledged by <@${robin.id}>`);

    shop.revoke("support");
    await later(shop, ROUND);
    expect((await saying(shop, /^🔴 \*7 tokens/)).text).toContain(`Taken: 6 of 7, by <@${robin.id}>, `);
    await press(shop, shop.sam, "Acknowledge all");
    await saying(shop, /Taken: all 7, by /);
    for (const name of names) shop.deploy(name);
    await later(shop, HOUR);
    expect(theAlert(shop).text).toMatch(/^✅ \*Fixed: all 7 tokens .* work\*/);
    expect(slack.rejections()).toEqual([]);
  });

  it("undo: reverts one press, and no action of other people", async () => {
    const shop = await aGroup(mode);
    const { robin, sam, slack } = shop;
    const group = theAlert(shop);
    await press(shop, robin, "Acknowledge all");
    await saying(shop, /Taken: all 6, by <@\w+>,/);
    shop.revoke("support");
    await later(shop, ROUND);
    await press(shop, sam, "Acknowledge all");
    await saying(shop, /Taken: all 7, by /);

    await press(shop, sam, "Undo acknowledgement");
    expect((await replied(shop, /^Acknowledgement undone/)).text).toBe(
      `Acknowledgement undone by <@${sam.id}>: *support*.`,
    );
    await saying(shop, /Taken: 6 of 7, by /);
    const half = theAlert(shop);
    await Promise.all([robin, sam].map((person) => press(shop, person, "Undo acknowledgement", half)));
    const reply = await replied(shop, /^Acknowledgement undone by <@\w+>: \*billing\*.* \(6\)\./);
    await slack.waitFor(() => !theAlert(shop).text.includes("Taken: "));
    await told(shop, reply.text.includes(robin.id) ? sam : robin, /nothing to undo/);
    expect(theAlert(shop).ts).toBe(group.ts);
    await later(shop, 5 * HOUR);
    await later(shop, MINUTE);
    expect((await replied(shop, /^<@.+> Still not fixed: .* \(7\)\./)).broadcast).toBe(true);
    expect(slack.rejections()).toEqual([]);
  });

  it("end snooze: for all alerts that one press snoozed", async () => {
    const shop = await aGroup(mode);
    const { robin, sam, slack } = shop;
    await press(shop, robin, "Snooze all…");
    await fillInSnooze(shop, robin, "3d", "new tokens are being made");
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    const seen = await saying(shop, /Snoozed: all 6, by <@\w+>/);
    await Promise.all([robin, sam].map((person) => press(shop, person, "End snooze", seen)));
    const reply = await replied(shop, /^Snooze ended by/);
    expect(reply.text).toMatch(/^Snooze ended by <@\w+>: \*billing\*.* \(6\)\./);
    await slack.waitFor(() => !theAlert(shop).text.includes("Snoozed: "));
    await told(shop, reply.text.includes(robin.id) ? sam : robin, /nothing to end/);
    expect(slack.rejections()).toEqual([]);
  });

  it("check all now: gives the counts and the results; message, thread and history name the person", async () => {
    const shop = await aGroup(mode);
    const { robin, sam, slack, clock } = shop;
    for (const name of shop.names.slice(0, 2)) shop.deploy(name);
    clock.advance(MINUTE);
    await press(shop, robin, "Check all now");
    await told(shop, robin, /^Checking 6 tokens, one after the other/);
    await told(shop, robin, /^Checked 6 of 6 tokens: 2 healthy, 4 still not fixed\.$/);
    expect((await saying(shop, /^🔴 \*4 tokens/)).text).toContain("Fixed so far: 2 of 6.");
    expect((await saying(shop, /Last checked by/)).text).toContain(`Last checked by <@${robin.id}>, `);
    expect((await replied(shop, /Checked by/)).text).toContain(
      `Checked by <@${robin.id}>, still not fixed: *loyalty*, *news*, *orders* and *returns* (4).`,
    );
    expect((await ask(shop, robin, "status news")).text).toContain(`Checked by <@${robin.id}>: Revoked`);
    await press(shop, sam, "Check all now");
    await told(shop, sam, /^All of these tokens were checked a moment ago/);
    expect(slack.rejections()).toEqual([]);
  });

  it("snooze all: asks for the duration and the reason, and shows both", async () => {
    const shop = await aGroup(mode);
    const { robin, slack } = shop;
    await press(shop, robin, "Snooze all…");
    await fillInSnooze(shop, robin, "3d", "");
    expect(wordsOf(robin.modal()?.blocks)).toContain("No reminders for 6 open alerts until");
    expect(await robin.submit()).not.toMatchObject({ kind: "acked" });
    await fillInSnooze(shop, robin, "3d", "new tokens are being made");
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    expect(robin.modal()).toBeUndefined();
    const seen = await saying(shop, /Snoozed: all 6, by <@\w+>/);
    expect(seen.text).toMatch(
      new RegExp(
        `Snoozed: all 6, by <@${robin.id}>, until .*25 Nov 2026, 08:17 UTC>\\. Reason: “new tokens are being made”`,
      ),
    );
    expect((await replied(shop, /^Snoozed by/)).text).toMatch(
      /^Snoozed by <@\w+>: \*billing\*.* \(6\), until .*25 Nov 2026, 08:17 UTC>\. Reason: “new tokens are being made”$/,
    );
    await tickBy(shop, DAY, HOUR);
    expect(repliesTo(shop, seen)).toHaveLength(1);
    await tickBy(shop, 2 * DAY + HOUR, HOUR);
    expect((await replied(shop, /The snooze ended, still not fixed: .* \(6\)\./)).broadcast).toBe(true);
    expect((await ask(shop, robin, "status crm")).text).toMatch(
      /Snoozed by <@\w+> until .*\. Reason: “new tokens are being made”/,
    );
    expect(slack.rejections()).toEqual([]);
  });

  it("open guide: the topic that helps, for this person only", async () => {
    const shop = await aGroup(mode);
    await press(shop, shop.robin, "Open guide");
    const page = await shop.slack.waitFor(() => shop.robin.ephemerals()[0]);
    expect(wordsOf(page.blocks)).toMatch(/token/i);
    expect(shop.sam.ephemerals()).toEqual([]);
    expect(theAlert(shop).edits).toBe(0);
    expect(shop.slack.rejections()).toEqual([]);
  });

  it("refuses people of another organisation or outside ALLOWED_USERS, in private", async () => {
    const channels = [{ name: "wa-alerts", shared: true }];
    const shop = await aGroup(mode, {
      slack: { channels },
      env: ({ person }) => ({ ALLOWED_USERS: person("sam").id }),
    });
    const { guest, robin, sam, slack } = shop;
    for (const [count, text] of ["Acknowledge all", "Snooze all…", "Check all now", "Open guide"].entries())
      for (const person of [guest, robin]) {
        await press(shop, person, text);
        await slack.waitFor(() => person.ephemerals().length === count + 1);
      }
    for (const { text } of guest.ephemerals()) expect(text).toMatch(/^Only people of the workspace/);
    for (const { text } of robin.ephemerals()) expect(text).toMatch(/^You are not in ALLOWED_USERS/);
    expect([guest.modal(), robin.modal()]).toEqual([undefined, undefined]);
    expect(theAlert(shop).edits).toBe(0);
    await press(shop, sam, "Acknowledge all");
    await saying(shop, /Taken: all 6, by <@\w+>/);
  });

  it("of two people in the same second one is first; after the end both get that answer", async () => {
    const shop = await aGroup(mode);
    const { robin, sam, slack } = shop;
    const group = theAlert(shop);
    await Promise.all([robin, sam].map((person) => press(shop, person, "Acknowledge all", group)));
    const seen = await saying(shop, /Taken: all 6, by <@\w+>/);
    const second = seen.text.includes(`Taken: all 6, by <@${robin.id}>`) ? sam : robin;
    await told(shop, second, /All of them are already acknowledged, by <@\w+>\./);

    await press(shop, sam, "Snooze all…");
    await fillInSnooze(shop, sam, "1h", "later");
    for (const name of shop.names) shop.deploy(name);
    slack.faults.add({ kind: "status", status: 503, method: "chat.update" });
    await later(shop, ROUND);
    expect(await sam.submit()).toMatchObject({ answer: { response_action: "update" } });
    expect(wordsOf(sam.modal()?.blocks)).toContain("None of the alerts in this message is open");
    await press(shop, robin, "Snooze all…");
    await told(shop, robin, /None of the alerts in this message is open/);
    await later(shop, HOUR);
    expect(messagesSeen(shop).map(({ text }) => text.split(":")[0])).toEqual(["✅ *Fixed"]);
  });
});
