import { describe, expect, it } from "vitest";
import { toColumn } from "../../../src/store/tables/columns.ts";
import type { Alert } from "../../../src/alert/alert.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { allInto, deliverAll, eachAlone, only, owed, shown, type Told } from "../contract/contract-store.ts";
import { anAbsence, anEntry, aVerdict, claiming, minutes, NOON } from "../contract/states.ts";
import { anOldReply, BEFORE_ONE_OUTBOX, named, type OldSteps } from "./upgrade.ts";

const CHANNEL = "C0000000001";
const REF = { channel: CHANNEL, ts: "1700000000.000100" };
const STANDS = { ...REF, delivered_revision: 1, replied_revision: 1 };
const CAUSE = "scope_missing app 100000000000042";

/** The contract for the upgrade of alerts, groups and notes with their own delivery columns. */
export const outboxUpgrade = (steps: OldSteps): void => {
  const { open, takeSteps, addAlert, addGroup, addNote } = steps;
  const claimed = async (store: WatchStore, id: string): Promise<MessageClaim> => {
    await store.regroup(eachAlone, NOON);
    const claims = await store.claim(claiming());
    return only(
      claims.filter(({ message, alerts }) => message.id === id || alerts.some(({ alert }) => alert.id === id)),
    );
  };
  const said = (told: readonly Told[]) =>
    told.map(({ claim: { message }, call }) => {
      if (call.kind !== "reply") return `${call.kind} ${message.kind}`;
      const { replies: words, joined, left } = call;
      return [
        `reply ${message.kind}`,
        ...words.map(({ alert, reply: word }) => `${alert.id} ${word.reason}`),
        ...joined.map(({ id }) => `new ${id}`),
        ...left.map(({ id }) => `left ${id}`),
      ].join(", ");
    });
  const accepted = async (store: WatchStore, id: string): Promise<Date | null | undefined> =>
    (await store.findAlerts({ kind: "alert", id }))?.alerts[0]?.acceptedAt;

  describe("with an alert that has its own message", () => {
    it("owes nothing when Slack shows its current state, and its message stays unchanged", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      await addAlert(named("orders", { openedAt: minutes(-5) }), STANDS);
      const store = await open();
      expect(await store.undelivered()).toEqual([]);
      expect(await store.findAlerts({ kind: "alert", id: "orders" })).toMatchObject({
        message: { kind: "alert", ref: REF },
        alerts: [{ id: "orders", acceptedAt: minutes(-5) }],
      });
    });

    it("owes the edit and each missing reply, in order and with the person", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      const replies = [anOldReply(2), anOldReply(3, { reason: "acknowledged", notice: false, by: "U1" })];
      await addAlert(named("orders", { revision: 3 }), { ...STANDS, fallback_revision: 2 }, replies);
      const store = await open();
      const claim = await claimed(store, "orders");
      expect(
        claim.owed.map(({ what, priority, notice, toldElsewhere }) => [what, priority, notice, toldElsewhere]),
      ).toEqual([
        ["acknowledged", 0, false, false],
        ["content", 0, false, false],
        ["worse", 1, true, true],
      ]);
      await store.release([claim]);
      expect(said(await deliverAll(store, minutes(5)))).toEqual([
        "edit alert",
        "reply alert, orders worse",
        "reply alert, orders acknowledged",
      ]);
    });

    it("keeps the reason of its last failed try, and its wait", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      const failed = { failures: 3, retry_at: toColumn(minutes(5)), last_error: "is_archived" };
      await addAlert(named("orders", { revision: 2 }), { ...STANDS, ...failed });
      const store = await open();
      expect(await store.undelivered()).toMatchObject([{ kind: "alert", channel: CHANNEL, error: "is_archived" }]);
      expect(await store.claim(claiming())).toEqual([]);
      expect(only(await store.claim(claiming({ now: minutes(5) }))).message).toMatchObject({ failures: 3, ref: REF });
    });

    it("is free although the old program was sending it", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      const lease = { lease: "l", lease_owner: "o", lease_until: toColumn(minutes(2)), claimed_at: toColumn(NOON) };
      await addAlert(named("orders", { revision: 2 }), { ...STANDS, ...lease });
      const store = await open();
      expect(owed(await claimed(store, "orders"))).toEqual(["content"]);
    });
  });

  describe("with an alert that Slack does not have", () => {
    it("is posted at once, with its replies in the post", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      const waits = { failures: 2, retry_at: toColumn(minutes(30)), last_error: "channel_not_found" };
      await addAlert(named("orders", { revision: 2 }), { ...waits, fallback_revision: 1 }, [anOldReply(2)]);
      const store = await open();
      const claim = await claimed(store, "orders");
      expect(claim.owed.map(({ what, toldElsewhere }) => [what, toldElsewhere])).toEqual([
        ["worse", false],
        ["joined", true],
      ]);
      await store.release([claim]);
      expect(said(await deliverAll(store, NOON))).toEqual(["post alert"]);
      expect(await accepted(store, "orders")).toEqual(NOON);
    });

    it("joins a group with others of its cause", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      for (const id of ["a", "b"]) await addAlert(named(id), { cause: CAUSE });
      const store = await open();
      expect(await store.regroup(allInto("g"), NOON)).toBe(2);
      expect(shown(only(await store.claim(claiming())))).toEqual(["a", "b"]);
    });

    it("that has ended is reported in one message, and not at all when it ended long ago", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      const over: Partial<Alert> = { resolvedAt: NOON, resolution: "recovered", revision: 2 };
      await addAlert(named("late", over), {}, [anOldReply(2, { reason: "recovered" })]);
      await addAlert(named("old", over), { delivered_revision: 2, replied_revision: 2 });
      const store = await open();
      const told = await deliverAll(store, NOON);
      expect(told.map(({ claim, call }) => [call.kind, ...shown(claim)])).toEqual([["post", "late"]]);
    });
  });

  describe("with a group", () => {
    const member = { group_id: "g", cause: CAUSE } as const;

    it("that Slack has: it stays, announces new alerts, and people can act on the announced ones", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      await addGroup("g", CAUSE, { ...REF, spoke_at: toColumn(minutes(-60)) });
      await addAlert(named("a"), { ...member, delivered_revision: 1, replied_revision: 1 });
      await addAlert(named("b", { revision: 2 }), { ...member, delivered_revision: 1, replied_revision: 1 }, [
        anOldReply(2),
      ]);
      await addAlert(named("new"), { ...member, delivered_revision: 1 });
      await addAlert(named("over", { resolvedAt: NOON, resolution: "recovered" }), {
        ...member,
        delivered_revision: 1,
        replied_revision: 1,
      });
      const store = await open();
      const group = await store.findAlerts({ kind: "message", id: "g" });
      expect(group?.message).toEqual({ id: "g", kind: "group", ref: REF });
      expect(group?.alerts.map(({ id }) => id)).toEqual(["a", "b"]);
      const claim = await claimed(store, "g");
      expect(claim.message).toMatchObject({ subject: CAUSE, routes: [CHANNEL], spokeAt: minutes(-60) });
      await store.release([claim]);
      expect(said(await deliverAll(store, minutes(5)))).toEqual(["edit group", "reply group, b worse, new new"]);
      expect(await accepted(store, "a")).toEqual(NOON);
      expect(await accepted(store, "new")).toEqual(minutes(5));
    });

    it("that Slack does not have: it is posted once, with all of them", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      await addGroup("g", CAUSE, { failures: 1, retry_at: toColumn(minutes(1)), last_error: "not_in_channel" });
      await addAlert(named("a"), { ...member, fallback_revision: 1 });
      await addAlert(named("b", { revision: 2 }), member, [anOldReply(2)]);
      await addAlert(named("over", { revision: 2, resolvedAt: NOON, resolution: "recovered" }), member, [
        anOldReply(2, { reason: "recovered" }),
      ]);
      const store = await open();
      expect(await store.undelivered()).toEqual([
        { watch: null, kind: "group", channel: CHANNEL, error: "not_in_channel", urgent: true },
      ]);
      expect([await accepted(store, "a"), await accepted(store, "b")]).toEqual([expect.any(Date), null]);
      const told = await deliverAll(store, minutes(1));
      expect(said(told)).toEqual(["post group"]);
      expect(told.map(({ claim }) => shown(claim))).toEqual([["a", "b", "over"]]);
    });

    it("that an alert left for another cause shows that, and the alert gets its own message", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      await addGroup("g", CAUSE, { ...REF, spoke_at: toColumn(NOON) });
      const told = { delivered_revision: 1, replied_revision: 1 } as const;
      await addAlert(named("a"), { ...member, ...told });
      const other = { ...member, cause: "no_answer" };
      await addAlert(named("gone", { revision: 2 }), { ...other, ...told }, [anOldReply(2)]);
      await addAlert(named("untold"), other);
      const store = await open();
      const calls = await deliverAll(store, NOON);
      expect(said(calls).toSorted()).toEqual(["edit group", "post alert", "post alert", "reply group, left gone"]);
      const homes = calls.filter(({ call }) => call.kind === "post").flatMap(({ claim }) => shown(claim));
      expect(homes.toSorted()).toEqual(["gone", "untold"]);
    });

    it("that an alert left: a fallback repeats only the news that people must see", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      await addGroup("g", CAUSE, { failures: 2, last_error: "not_in_channel" });
      const other = { group_id: "g", cause: "no_answer" };
      const told = { ...other, fallback_revision: 2 };
      await addAlert(named("told", { revision: 2 }), told, [anOldReply(2)]);
      await addAlert(named("better", { revision: 3 }), told, [anOldReply(3, { notice: false, reason: "better" })]);
      await addAlert(named("worse", { revision: 3 }), told, [anOldReply(3)]);
      await addAlert(named("untold"), other);
      const store = await open();
      await store.regroup(eachAlone, NOON);
      const elsewhere = new Map<string, boolean>();
      for (let claims = await store.claim(claiming()); claims.length > 0; claims = await store.claim(claiming()))
        for (const { owed: rows } of claims)
          for (const { alert, toldElsewhere } of rows) elsewhere.set(alert ?? "", toldElsewhere);
      expect(Object.fromEntries(elsewhere)).toEqual({ told: true, better: true, worse: false, untold: false });
    });

    it("keeps a token that died in the group of tokens with the same expiry", async () => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      const cause = "ends 2026-11-22 app 100000000000042";
      await addGroup("g", cause, REF);
      const dead = named("a", { verdict: aVerdict({ state: "expired" }) });
      await addAlert(dead, { group_id: "g", cause: "dead app 100000000000042", ...STANDS, channel: null, ts: null });
      const store = await open();
      // The edit updates its buttons, in quiet hours too. Its departure is not announced.
      const inQuiet = only(await store.claim(claiming({ quiet: true })));
      expect(owed(inQuiet)).toEqual(["content"]);
      await store.release([inQuiet]);
      expect(said(await deliverAll(store, NOON))).toEqual(["edit group"]);
      expect(await store.findAlerts({ kind: "alert", id: "a" })).toMatchObject({ message: { id: "g" } });
    });
  });

  describe("with notes", () => {
    const REFUSED = "channel_not_found: invite the bot";
    const escalation = (id: string) => ({ kind: "escalation", alert: { ...named(id), replies: [] } });
    const refusal = (id: string, ...others: readonly string[]) => ({
      kind: "refused_channel",
      alert: { ...named(id), replies: [] },
      others: others.map((other) => ({ ...named(other), replies: [] })),
      channel: CHANNEL,
      error: REFUSED,
      more: 0,
    });
    const POSTED = { channel: "C0000000009", ts: "1700000000.000900" } as const;
    const alerts = async (...ids: readonly string[]): Promise<void> => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      for (const id of ids) await addAlert(named(id), { ...STANDS, ts: `1700000000.${id}` });
    };

    it("that wait become messages of their kind, with the alerts that still exist", async () => {
      await alerts("a", "b");
      const { body: absence } = anAbsence({ id: "n3" });
      await addNote("n1", escalation("a"));
      await addNote("n2", refusal("a", "b", "forgotten"), { route: "U1", routes: `["U1"]` });
      await addNote("n3", { ...absence, kind: "comeback" }, { route: "C0000000008", routes: `["C0000000008"]` });
      const store = await open();
      const claims = await store.claim(claiming());
      const byId = claims.toSorted((a, b) => (a.message.id < b.message.id ? -1 : 1));
      expect(byId.map(({ message, body }) => [message.id, message.kind, body])).toEqual([
        ["n1", "escalation", null],
        ["n2", "fallback", { kind: "fallback", channel: CHANNEL, error: REFUSED }],
        ["n3", "absence", { ...absence, missed: [anEntry()] }],
      ]);
      expect(byId.map(shown)).toEqual([["a"], ["a", "b"], []]);
      await store.release(claims);
      expect(said(await deliverAll(store, NOON)).toSorted()).toEqual([
        "post absence",
        "post escalation",
        "post fallback",
      ]);
    });

    it("that Slack has: notes about alerts stay current from now on, the others are dropped", async () => {
      await alerts("a", "b");
      await addAlert(named("over", { resolvedAt: NOON, resolution: "recovered" }), { ...STANDS, ts: "1.9" });
      for (const id of ["a", "b", "over"]) await addNote(`n-${id}`, escalation(id), POSTED);
      await addNote("away", { ...anAbsence().body, kind: "comeback" }, POSTED);
      const store = await open();
      // One Slack message held all three. It is edited to update its buttons.
      const told = await deliverAll(store, NOON);
      expect(said(told)).toEqual(["edit escalation"]);
      expect(told.map(({ claim }) => shown(claim))).toEqual([["a", "b", "over"]]);
      const list = only(told).claim.message.id;
      const found = await store.findAlerts({ kind: "message", id: list });
      expect(found).toMatchObject({ message: { kind: "escalation", ref: POSTED } });
      expect(found?.alerts.map(({ id }) => id)).toEqual(["a", "b"]);
      expect(await store.findAlerts({ kind: "message", id: "away" })).toBeUndefined();
    });

    it("that an escalated alert was answered or ended become replies in the escalation's thread", async () => {
      await alerts("a", "b", "c");
      for (const id of ["a", "b"]) await addNote(`n-${id}`, escalation(id), POSTED);
      await addNote("n-c", escalation("c"));
      const over = (id: string, fields: Partial<Alert>) => ({
        kind: "escalation_over",
        alert: { ...named(id, fields), replies: [] },
      });
      await addNote("o-a", over("a", { acknowledged: { by: "U1", at: NOON } }));
      await addNote("o-b", over("b", { resolution: "recovered", resolvedAt: NOON }));
      await addNote("o-c", over("c", { acknowledged: { by: "U1", at: NOON } }));
      await addNote("o-gone", over("b", { acknowledged: { by: "U2", at: NOON } }), POSTED);
      const store = await open();
      // Its row says that it is open again, so the end is not announced.
      expect(said(await deliverAll(store, NOON)).toSorted()).toEqual([
        "edit escalation",
        "post escalation",
        "reply escalation, a acknowledged",
      ]);
    });

    it("that cannot be read are set aside and reported", async () => {
      await alerts("a");
      await addNote("n1", escalation("a"), { body: "{" });
      await addNote("n2", { kind: "digest" }, { body: "{}" });
      const store = await open();
      expect(await store.claim(claiming())).toEqual([]);
      expect((await store.undelivered()).map(({ kind }) => kind).toSorted()).toEqual(["digest", "escalation"]);
      expect((await store.troubles(20)).unreadable).toHaveLength(2);
    });
  });

  it("is the same after it was opened once or twice", async () => {
    await takeSteps(BEFORE_ONE_OUTBOX);
    await addGroup("g", CAUSE, REF);
    await addAlert(named("a", { revision: 2 }), { group_id: "g", cause: CAUSE, delivered_revision: 1 }, [
      anOldReply(2),
    ]);
    const store = await open();
    const before = await store.undelivered();
    await store.close();
    expect(await (await open()).undelivered()).toEqual(before);
  });
};
