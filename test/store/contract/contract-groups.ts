import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import type { Delivery } from "../../../src/outbox/message.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import { respond } from "../../../src/alert/respond.ts";
import { allInto, only, shown, type StoreSteps } from "./contract-store.ts";
import { aCard, anAlert, aWord, changed, claiming, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const CHANNEL = "C0000000001";

const named = (name: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({ id: name, card: aCard({ name }), ...fields });

/** The owed rows of a message: "a joined", "b worse"… */
const rowsOf = ({ owed: rows }: Delivery): readonly string[] =>
  rows.map(({ alert, what }) => `${alert} ${what}`).toSorted();

/** The contract for groups. */
export const groupsContract = (steps: StoreSteps): void => {
  const { store, open, claimDue, deliver, roundWith, stateOf } = steps;
  const take = async (fields: Parameters<typeof claiming>[0] = {}, from = store()) => from.claim(claiming(fields));
  const join = async (message = "g", from = store(), now = NOON): Promise<number> =>
    from.regroup(allInto(message), now);
  /** The alerts `a`, `b`… in the group `g`, not yet posted. */
  const grouped = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await roundWith(named(name));
    expect(await join()).toBe(names.length);
  };
  /** The same, posted. */
  const posted = async (...names: readonly string[]): Promise<void> => {
    await grouped(...names);
    await deliver(NOON, allInto("g"));
  };
  const raise = async (id: string, fields: Partial<Alert> = {}): Promise<void> => {
    const words = fields.resolvedAt instanceof Date ? [aWord({ reason: "recovered" })] : [aWord()];
    await store().changeAlerts({ kind: "alert", id }, (alert) => changed(alert, fields, words));
  };
  const over = async (id: string, resolvedAt = NOON): Promise<void> =>
    raise(id, { resolvedAt, resolution: "recovered" });
  const post = async (taken: MessageClaim, at = NOON, ts = "1700000000.000100"): Promise<void> => {
    const call = { kind: "post", settles: taken.owed.map(({ id }) => id) } as const;
    await store().sent([{ claim: taken, call, ref: { channel: CHANNEL, ts }, at }]);
  };

  describe("delivering a group", () => {
    it("is given to one program at a time, until the lease ends", async () => {
      await grouped("a", "b");
      const other = await open();
      const taken = await Promise.all([take(), take({}, other), take(), take({}, other)]);
      expect(taken.flat()).toHaveLength(1);
      expect(await take({ now: minutes(1) }, other)).toHaveLength(1);
    });

    it("after its post nothing is owed, its alerts count as accepted, and the notice time is saved", async () => {
      await grouped("a", "b");
      const taken = only(await take());
      await post(taken, minutes(0.5));
      await store().release([taken]);
      expect(await take({ now: minutes(60) })).toEqual([]);
      expect(await store().undelivered()).toEqual([]);
      expect(await store().list()).toMatchObject([{ owed: false }, { owed: false }]);
      expect((await stateOf("b"))?.alert?.acceptedAt).toEqual(minutes(0.5));
      await raise("a");
      const next = only(await take());
      expect(next.message).toMatchObject({ spokeAt: minutes(0.5), ref: { channel: CHANNEL, ts: "1700000000.000100" } });
      expect(rowsOf(next)).toEqual(["a content", "a worse"]);
    });

    it("an alert that joins during the post is shown by an edit, and announced in the thread", async () => {
      await grouped("a", "b");
      const taken = only(await take());
      await roundWith(named("c"));
      expect(await join()).toBe(1);
      await post(taken);
      await store().release([taken]);
      const told = await deliver(minutes(5), allInto("g"));
      expect(told.map(({ call }) => call.kind)).toEqual(["edit", "reply"]);
      expect(told.map(({ claim }) => shown(claim))).toEqual([
        ["a", "b", "c"],
        ["a", "b", "c"],
      ]);
    });

    it("an edit leaves the reply owed; the reply settles it, with or without a notice", async () => {
      await posted("a", "b");
      await raise("a");
      expect((await deliver(minutes(5), allInto("g"))).map(({ call }) => call.kind)).toEqual(["edit", "reply"]);
      await raise("b");
      const loud = only(await take({ now: minutes(5) }));
      expect(loud.message.spokeAt).toEqual(minutes(5));
      const settles = loud.owed.map(({ id }) => id);
      const { ref } = loud.message;
      if (ref === null) throw new Error("Slack does not have it");
      const reply = {
        kind: "reply",
        ref,
        replies: [],
        joined: [],
        left: [],
        entries: [],
        notice: false,
        settles,
      } as const;
      await store().sent([{ claim: loud, call: reply, ref, at: minutes(5.5) }]);
      await store().release([loud]);
      await raise("b");
      expect(only(await take({ now: minutes(6) })).message.spokeAt).toEqual(minutes(5));
    });

    it("an alert that joins later is owed, and not accepted, until the thread announces it", async () => {
      await posted("a");
      await roundWith(named("b"));
      await join();
      const [edit, reply] = await deliver(minutes(20), allInto("g"));
      expect(edit?.call.kind).toBe("edit");
      expect(reply?.claim.alerts.find(({ alert }) => alert.id === "b")?.alert.acceptedAt).toBeNull();
      expect(reply?.call).toMatchObject({ kind: "reply", notice: true, joined: [{ id: "b" }] });
      expect((await stateOf("b"))?.alert?.acceptedAt).toEqual(minutes(20));
      expect(await store().undelivered()).toEqual([]);
    });

    it("a change during a call is still owed after it", async () => {
      await grouped("a", "b");
      await raise("a");
      const taken = only(await take());
      await raise("a");
      await roundWith(named("c"));
      expect(await join()).toBe(1);
      await post(taken);
      await store().release([taken]);
      const next = only(await take());
      expect(next.alerts.map(({ alert }) => [alert.id, alert.revision])).toEqual([
        ["a", 3],
        ["b", 1],
        ["c", 1],
      ]);
      expect(rowsOf(next)).toEqual(["a content", "a worse", "c content", "c joined"]);
    });

    it("a reply that was sent during a round is not owed again by the round", async () => {
      await posted("a");
      await raise("a");
      const inRound = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
      await deliver(NOON, allInto("g"));
      const outcome = { checkedAt: NOON, nextDueAt: NOON, replies: [], history: [], messages: [] };
      await saveRound(store(), inRound, { state: inRound.state, ...outcome });
      expect(await store().undelivered()).toEqual([]);
    });

    it("a post after the end of its lease does not replace a faster one", async () => {
      await grouped("a");
      const slow = only(await take());
      const fast = only(await take({ now: minutes(1) }));
      await post(fast, minutes(1));
      await post(slow, minutes(1), "9.9");
      await store().release([fast]);
      await raise("a");
      expect(only(await take({ now: minutes(2) })).message.ref?.ts).toBe("1700000000.000100");
    });

    it("a failure delays the group, and is counted and shown for every alert; success ends that", async () => {
      await grouped("a", "b");
      const first = only(await take());
      const retry = {
        kind: "retry",
        isRefused: true,
        at: minutes(5),
        drops: [],
        accepted: [],
        toldElsewhere: [],
        messages: [],
      } as const;
      await store().failed(first, retry, "is_archived", NOON);
      await store().failed(first, { ...retry, at: minutes(9) }, "timeout", NOON);
      expect(await take({ now: minutes(4) })).toEqual([]);
      const undelivered = { error: "is_archived", channel: CHANNEL, retryAt: minutes(5) };
      expect(await store().list()).toMatchObject([{ undelivered }, { undelivered }]);
      expect(await store().undelivered()).toEqual([
        { watch: null, kind: "group", channel: CHANNEL, error: "is_archived", urgent: true },
      ]);
      const again = only(await take({ now: minutes(5) }));
      expect(again.message.failures).toBe(1);
      await post(again, minutes(5));
      await store().release([again]);
      expect(await store().list()).toMatchObject([{ undelivered: null }, { undelivered: null }]);
      await raise("a");
      expect(only(await take({ now: minutes(5) })).message.failures).toBe(0);
    });

    it("is claimed in the order of its owed rows: people's actions, critical alerts, the rest", async () => {
      for (const [id, severity] of [
        ["mild", "warning"],
        ["bad", "critical"],
        ["seen", "warning"],
      ] as const) {
        await roundWith(named(id, { severity, card: aCard({ name: id, channel: `C${id}` }) }));
        await join(`group of ${id}`);
      }
      const answer = async (): Promise<void> => {
        await store().changeAlerts({ kind: "alert", id: "seen" }, (alert) =>
          respond(alert, "U0000000001", { kind: alert.acknowledged === null ? "acknowledge" : "unacknowledge" }, NOON),
        );
      };
      await answer();
      const order = async (fields: Parameters<typeof claiming>[0] = {}) => {
        const taken = await take(fields);
        await store().release(taken);
        return taken.flatMap(shown);
      };
      expect(await order()).toEqual(["seen", "bad", "mild"]);
      expect(await order({ limit: 1 })).toEqual(["seen"]);
      // Slack does not show the answered alert, so its message waits like any other.
      expect(await order({ quiet: true })).toEqual(["bad"]);
      const first = only(await take({ limit: 1 }));
      const call = { kind: "post", settles: first.owed.map(({ id }) => id) } as const;
      await store().sent([{ claim: first, call, ref: { channel: "Cseen", ts: "1.1" }, at: NOON }]);
      await store().release([first]);
      await answer();
      expect(await order({ quiet: true })).toEqual(["seen", "bad"]);
      expect(await order({ except: ["Cbad"] })).toEqual(["seen", "mild"]);
    });

    it("an old ended group is deleted with its alerts, unless one is open, owed or recent", async () => {
      await posted("a", "b");
      await over("a", minutes(1));
      await deliver(NOON, allInto("g"));
      expect(await store().prune(minutes(60))).toBe(0);
      await over("b", minutes(30));
      expect(await store().prune(minutes(60))).toBe(0);
      await deliver(NOON, allInto("g"));
      expect(await store().prune(minutes(30))).toBe(0);
      expect(await store().prune(minutes(60))).toBe(3);
    });
  });
};
