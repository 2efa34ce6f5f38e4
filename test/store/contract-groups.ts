import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import type { GroupCandidate, Grouping } from "../../src/watch/group.ts";
import type { GroupClaim } from "../../src/watch/outbox.ts";
import { acknowledge } from "../../src/watch/respond.ts";
import { NO_ESCALATION } from "../support/builders.ts";
import { ids, only, type StoreSteps } from "./contract-store.ts";
import { aCard, aNote, anAlert, anEntry, aReply, asItIs, aVerdict, claiming, minutes, NOON } from "./states.ts";

const CAUSE = "scope_missing app 100000000000042";
const CHANNEL = "C0000000001";
const REF = { channel: CHANNEL, ts: "1700000000.000100" };

/** All that may join, in one group of a name. */
const into =
  (group: string) =>
  (open: readonly GroupCandidate[]): readonly Grouping[] => {
    const alerts = open.filter(({ settled }) => !settled).map(({ id }) => id);
    const [first] = open;
    return first === undefined ? [] : [{ group, cause: first.cause, channel: first.channel, alerts }];
  };

const named = (name: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({ id: name, card: aCard({ name }), ...fields });

const memberIds = ({ members }: GroupClaim): readonly string[] => members.map(({ alert }) => alert.id);

/** What alerts that one message shows rely on. */
export const groupsContract = ({ store, open, claimDue, claimUndelivered, roundWith, stateOf }: StoreSteps): void => {
  const claim = async (fields: Parameters<typeof claiming>[0] = {}, from = store()) =>
    from.claimGroups(claiming(fields));
  /** The alerts `a`, `b`… in the group `g`, not yet posted. */
  const grouped = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await roundWith(named(name));
    expect(await store().groupAlerts(into("g"), NOON)).toBe(names.length);
  };
  /** The same, posted and told. */
  const posted = async (...names: readonly string[]): Promise<void> => {
    await grouped(...names);
    const taken = only(await claim());
    await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: NOON });
    await store().releaseGroup(taken, { leave: [], resolved: false });
  };
  const raise = async (id: string, revision: number, fields: Partial<Alert> = {}): Promise<void> => {
    await store().changeAlert(id, (alert) =>
      asItIs({ ...alert, revision, replies: [...alert.replies, aReply(revision)], ...fields }),
    );
  };

  describe("putting alerts into groups", () => {
    const seenBy = async (from = store()): Promise<readonly GroupCandidate[]> => {
      let seen: readonly GroupCandidate[] = [];
      await from.groupAlerts((all) => {
        seen = all;
        return [];
      }, NOON);
      return seen;
    };
    const loose = (id: string): GroupCandidate => ({ id, cause: CAUSE, channel: CHANNEL, settled: false, group: null });

    it("offers open alerts of one cause and channel, those that have a message too", async () => {
      await roundWith(named("posted"));
      const own = only(await claimUndelivered());
      await store().saveDelivery(own, { kind: "post", ref: REF, revision: 1 });
      await store().releaseDelivery(own);
      await roundWith(named("new"));
      await roundWith(named("over", { resolvedAt: NOON, resolution: "recovered" }));
      await roundWith(named("ending", { verdict: aVerdict({ state: "expired", findings: [] }) }));
      await roundWith(named("elsewhere", { card: aCard({ name: "elsewhere", channel: "C0000000002" }) }));
      expect((await seenBy()).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        { ...loose("elsewhere"), channel: "C0000000002" },
        loose("new"),
        { ...loose("posted"), settled: true },
      ]);
    });

    it("asks nobody when no alert may join", async () => {
      await posted("a", "b");
      expect(await seenBy()).toEqual([]);
    });

    it("one that is being posted only counts", async () => {
      await roundWith(named("a"));
      await claimUndelivered();
      await roundWith(named("b"));
      expect((await seenBy()).map(({ id, settled }) => [id, settled])).toEqual([
        ["a", true],
        ["b", false],
      ]);
    });

    it("those that joined are owed through the group alone, with nothing of their own tries", async () => {
      await roundWith(named("a"));
      const failed = only(await claimUndelivered());
      await store().saveDeliveryFailure(failed, { error: "is_archived", retryAt: minutes(60) });
      await roundWith(named("b"));
      expect(await store().groupAlerts(into("g"), minutes(1))).toBe(2);
      expect(await claimUndelivered(minutes(90))).toEqual([]);
      const taken = only(await claim({ now: minutes(1) }));
      expect(taken).toEqual({
        group: { id: "g", cause: CAUSE, channel: CHANNEL, openedAt: minutes(1), spokeAt: null },
        members: [
          { alert: named("a"), deliveredRevision: 0, repliedRevision: 0, fallbackRevision: 0 },
          { alert: named("b"), deliveredRevision: 0, repliedRevision: 0, fallbackRevision: 0 },
        ],
        ref: null,
        failures: 0,
        lease: expect.any(String),
      });
      expect(await store().list()).toMatchObject([
        { owed: true, undelivered: null },
        { owed: true, undelivered: null },
      ]);
    });

    it("more may join an open group; those in it name it, unless their cause is another one by now", async () => {
      await posted("a", "b");
      await raise("b", 2, {
        verdict: aVerdict({ findings: aVerdict().findings.slice(0, 1), state: "degraded", token: null }),
      });
      await roundWith(named("c"));
      await roundWith(named("d", { verdict: aVerdict({ token: null }) }));
      const seen = new Map((await seenBy()).map((one) => [one.id, one]));
      expect(seen.get("a")).toMatchObject({ settled: true, group: "g" });
      expect(seen.get("b")).toMatchObject({ cause: "scope_missing", settled: true, group: null });
      expect(await store().groupAlerts((all) => into("g")(all.filter(({ cause }) => cause === CAUSE)), NOON)).toBe(1);
      expect(memberIds(only(await claim()))).toEqual(["a", "b", "c"]);
    });

    it("whose cause an open group shows in their channel wait to join it, and are not given on their own", async () => {
      await posted("a");
      await roundWith(named("same"));
      await roundWith(named("elsewhere", { card: aCard({ name: "elsewhere", channel: "C0000000002" }) }));
      await roundWith(named("other", { verdict: aVerdict({ state: "expired", findings: [] }) }));
      const given = await claimUndelivered();
      expect(given.map(({ alert }) => alert.id).toSorted()).toEqual(["elsewhere", "other"]);
      expect((await store().listUndelivered()).map(({ watch }) => watch)).toContain("same");
      expect(await store().groupAlerts(into("g"), NOON)).toBe(1);
      expect(memberIds(only(await claim()))).toEqual(["a", "same"]);
    });

    it("are given on their own once no alert of the group is open", async () => {
      await posted("a");
      await roundWith(named("same"));
      await raise("a", 2, { resolvedAt: NOON, resolution: "recovered" });
      expect(ids(await claimUndelivered())).toEqual(["same"]);
    });

    it("nothing joins a group that is over", async () => {
      await posted("a");
      await raise("a", 2, { resolvedAt: NOON, resolution: "recovered" });
      const taken = only(await claim());
      await store().saveGroupDelivery(taken, { kind: "edit", ref: REF, at: NOON });
      await store().saveGroupDelivery(taken, { kind: "reply", at: NOON, notice: false });
      await store().releaseGroup(taken, { leave: [], resolved: true });
      await roundWith(named("b"));
      expect(await store().groupAlerts(into("g"), NOON)).toBe(0);
      expect(ids(await claimUndelivered())).toEqual(["b"]);
    });

    it("two programs at once make one group of them", async () => {
      for (const name of ["a", "b", "c", "d", "e", "f"]) await roundWith(named(name));
      const other = await open();
      const joined = await Promise.all([
        store().groupAlerts(into("g"), NOON),
        other.groupAlerts(into("h"), NOON),
        store().groupAlerts(into("i"), NOON),
      ]);
      expect(joined.toSorted((a, b) => a - b)).toEqual([0, 0, 6]);
      expect(only(await claim()).members).toHaveLength(6);
    });
  });

  describe("delivering a group", () => {
    it("is given to one at a time, until the lease ends", async () => {
      await grouped("a", "b");
      const other = await open();
      const taken = await Promise.all([claim(), claim({}, other), claim(), claim({}, other)]);
      expect(taken.flat()).toHaveLength(1);
      expect(await claim({ now: minutes(1) }, other)).toHaveLength(1);
    });

    it("after its post nothing is owed, and the time counts as the last word", async () => {
      await grouped("a", "b");
      const taken = only(await claim());
      await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: minutes(2) });
      await store().releaseGroup(taken, { leave: [], resolved: false });
      expect(await claim({ now: minutes(60) })).toEqual([]);
      expect(await store().listUndelivered()).toEqual([]);
      expect(await store().list()).toMatchObject([{ owed: false }, { owed: false }]);
      await raise("a", 2);
      expect(only(await claim())).toMatchObject({
        group: { spokeAt: minutes(2) },
        ref: REF,
        members: [
          { alert: { id: "a", revision: 2 }, deliveredRevision: 1, repliedRevision: 1 },
          { alert: { id: "b", revision: 1 }, deliveredRevision: 1, repliedRevision: 1 },
        ],
      });
    });

    it("an edit leaves the thread owed; the reply that tells it ends that, with notice or without", async () => {
      await posted("a", "b");
      await raise("a", 2);
      const edited = only(await claim());
      await store().saveGroupDelivery(edited, { kind: "edit", ref: REF, at: minutes(5) });
      await store().releaseGroup(edited, { leave: [], resolved: false });
      const told = only(await claim());
      expect(told.members[0]).toMatchObject({ deliveredRevision: 2, repliedRevision: 1 });
      await store().saveGroupDelivery(told, { kind: "reply", at: minutes(5), notice: false });
      await store().releaseGroup(told, { leave: [], resolved: false });
      expect(await claim()).toEqual([]);
      expect((await stateOf("a"))?.alert?.replies).toEqual([]);
      await raise("b", 2);
      const loud = only(await claim());
      expect(loud.group.spokeAt).toEqual(NOON);
      await store().saveGroupDelivery(loud, { kind: "reply", at: minutes(9), notice: true });
      await store().releaseGroup(loud, { leave: [], resolved: false });
      expect(only(await claim()).group.spokeAt).toEqual(minutes(9));
    });

    it("one that joined later is owed until the thread was told of it", async () => {
      await posted("a");
      await roundWith(named("b"));
      await store().groupAlerts(into("g"), NOON);
      const edited = only(await claim());
      await store().saveGroupDelivery(edited, { kind: "edit", ref: REF, at: NOON });
      await store().releaseGroup(edited, { leave: [], resolved: false });
      const told = only(await claim());
      expect(told.members[1]).toMatchObject({ deliveredRevision: 1, repliedRevision: 0 });
      await store().saveGroupDelivery(told, { kind: "reply", at: NOON, notice: true });
      await store().releaseGroup(told, { leave: [], resolved: false });
      expect(await claim()).toEqual([]);
    });

    it.each(["post", "reply"] as const)("what rounds raised during a %s is still owed after it", async (kind) => {
      await posted("a", "b");
      await raise("a", 2);
      await raise("b", 2);
      const taken = only(await claim());
      await raise("a", 3);
      await store().saveGroupDelivery(
        taken,
        kind === "post" ? { kind, ref: REF, at: NOON } : { kind, at: NOON, notice: false },
      );
      await store().saveGroupDelivery(taken, { kind: "edit", ref: REF, at: NOON });
      await store().releaseGroup(taken, { leave: [], resolved: false });
      const next = only(await claim());
      expect(next.members).toMatchObject([
        { alert: { revision: 3, replies: [{ revision: 3 }] }, deliveredRevision: 2, repliedRevision: 2 },
        { alert: { revision: 2, replies: [] }, deliveredRevision: 2, repliedRevision: 2 },
      ]);
    });

    it("a reply that went out while a round was on does not come back with the round", async () => {
      await posted("a");
      await raise("a", 2);
      const inRound = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
      const taken = only(await claim());
      await store().saveGroupDelivery(taken, { kind: "reply", at: NOON, notice: false });
      await store().saveRound(inRound, {
        state: inRound.state,
        checkedAt: NOON,
        nextDueAt: NOON,
        history: [],
        notes: [],
      });
      expect((await stateOf("a"))?.alert?.replies).toEqual([]);
    });

    it("a post that outlived its lease does not take the place of a faster one", async () => {
      await grouped("a");
      const slow = only(await claim());
      const fast = only(await claim({ now: minutes(1) }));
      await store().saveGroupDelivery(fast, { kind: "post", ref: REF, at: NOON });
      await store().saveGroupDelivery(slow, { kind: "post", ref: { ...REF, ts: "9.9" }, at: NOON });
      await store().releaseGroup(fast, { leave: [], resolved: false });
      await raise("a", 2);
      expect(only(await claim({ now: minutes(2) })).ref).toEqual(REF);
    });

    it("a failure waits, is counted and shown with every alert in it; success ends it", async () => {
      await grouped("a", "b");
      const first = only(await claim());
      const note = aNote();
      await store().saveGroupFailure(first, { error: "is_archived", retryAt: minutes(5), notes: [note] });
      await store().saveGroupFailure(first, { error: "timeout", retryAt: minutes(9) });
      expect(only(await store().claimNotes(claiming())).note).toEqual(note);
      expect(await claim({ now: minutes(4) })).toEqual([]);
      const undelivered = { error: "is_archived", channel: CHANNEL, retryAt: minutes(5) };
      expect(await store().list()).toMatchObject([{ undelivered }, { undelivered }]);
      expect(await store().listUndelivered()).toEqual([
        { watch: null, note: null, channel: CHANNEL, error: "is_archived", urgent: true },
        { watch: "orders", note: "escalation", channel: "C0000000009", error: null, urgent: true },
      ]);
      const again = only(await claim({ now: minutes(5) }));
      expect(again).toMatchObject({ failures: 1, members: [{ fallbackRevision: 1 }, { fallbackRevision: 1 }] });
      await store().saveGroupDelivery(again, { kind: "post", ref: REF, at: minutes(5) });
      await store().releaseGroup(again, { leave: [], resolved: false });
      expect(await store().list()).toMatchObject([{ undelivered: null }, { undelivered: null }]);
      await raise("a", 2);
      expect(only(await claim({ now: minutes(5) })).failures).toBe(0);
    });

    it("those that leave are owed on their own, as new; the others stay", async () => {
      await posted("a", "b");
      await raise("b", 2, { verdict: aVerdict({ token: null }) });
      const taken = only(await claim());
      await store().saveGroupDelivery(taken, { kind: "edit", ref: REF, at: NOON });
      await store().releaseGroup(taken, { leave: ["b"], resolved: true });
      expect(only(await claimUndelivered())).toMatchObject({ alert: { id: "b" }, ref: null, deliveredRevision: 0 });
      // An alert is open in it, so it is not over, whatever the delivery thought.
      await roundWith(named("c"));
      expect(await store().groupAlerts(into("g"), NOON)).toBe(1);
      expect(memberIds(only(await claim()))).toEqual(["a", "c"]);
    });

    it("one who lost the lease neither frees it nor lets alerts leave", async () => {
      await grouped("a", "b");
      const slow = only(await claim());
      await claim({ now: minutes(1) });
      await store().releaseGroup(slow, { leave: ["a"], resolved: true });
      await store().saveGroupFailure(slow, { error: "timeout", retryAt: minutes(9), notes: [aNote()] });
      expect(await claim({ now: minutes(1) })).toEqual([]);
      expect(await claimUndelivered(minutes(1))).toEqual([]);
      expect(await store().claimNotes(claiming())).toEqual([]);
    });

    it("comes in the order of what it owes: a person's answer, what is critical, the rest; and not if left out", async () => {
      for (const [group, severity] of [
        ["mild", "warning"],
        ["bad", "critical"],
        ["seen", "warning"],
      ] as const) {
        await roundWith(named(group, { severity, card: aCard({ name: group, channel: `C${group}` }) }));
        await store().groupAlerts(into(group), NOON);
      }
      await store().changeAlert("seen", (alert) => acknowledge(alert, "U0000000001", NOON, NO_ESCALATION));
      const free = minutes(2);
      const order = async (fields: Parameters<typeof claiming>[0]) => {
        const taken = await claim({ now: free, ...fields });
        for (const one of taken) await store().releaseGroup(one, { leave: [], resolved: false });
        return taken.map(({ group }) => group.id);
      };
      expect(await order({})).toEqual(["seen", "bad", "mild"]);
      expect(await order({ limit: 1 })).toEqual(["seen"]);
      // Slack does not show what was answered: it waits like any other.
      expect(await order({ urgentOnly: true })).toEqual(["bad"]);
      const shown = only(await claim({ now: free, limit: 1 }));
      await store().saveGroupDelivery(shown, { kind: "edit", ref: { ...REF, channel: "Cseen" }, at: NOON });
      await store().releaseGroup(shown, { leave: [], resolved: false });
      expect(await order({ urgentOnly: true })).toEqual(["seen", "bad"]);
      expect(await order({ except: ["Cbad"] })).toEqual(["seen", "mild"]);
      expect((await store().listUndelivered()).map(({ channel, urgent }) => [channel, urgent])).toEqual([
        ["Cseen", true],
        ["Cbad", true],
        ["Cmild", false],
      ]);
    });

    it("a group that is over and old is forgotten with its alerts", async () => {
      await posted("a");
      await raise("a", 2, { resolvedAt: minutes(1), resolution: "recovered" });
      const taken = only(await claim());
      await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: NOON });
      // Whoever delivered it is killed here.
      expect(await store().prune(minutes(1))).toBe(0);
      expect(await store().prune(minutes(60))).toBe(2);
    });
  });

  describe("answers to a group", () => {
    const acknowledgeBy = async (by: string, from = store()) =>
      from.changeGroup("g", (alert) => acknowledge(alert, by, NOON, NO_ESCALATION));

    it("change every open alert of it, and are owed to Slack", async () => {
      await posted("a", "b", "c");
      await raise("c", 2, { resolvedAt: NOON, resolution: "recovered" });
      const answer = await acknowledgeBy("U0000000001");
      expect(answer).toMatchObject({ group: { id: "g", cause: CAUSE }, open: 2 });
      expect(answer?.changed.map(({ id, acknowledged }) => [id, acknowledged?.by])).toEqual([
        ["a", "U0000000001"],
        ["b", "U0000000001"],
      ]);
      expect((await store().history({ limit: 9 })).map(({ watch }) => watch).toSorted()).toEqual(["a", "b"]);
      expect((await stateOf("b"))?.alert).toMatchObject({ acknowledged: { by: "U0000000001" }, revision: 2 });
      expect(only(await claim()).members[0]).toMatchObject({ alert: { replies: [{ by: "U0000000001" }] } });
    });

    it("of two at the same time the second finds nothing to change", async () => {
      await posted("a", "b", "c", "d", "e");
      const other = await open();
      const both = await Promise.all([acknowledgeBy("U0000000001"), acknowledgeBy("U0000000002", other)]);
      expect(new Set(both.map((answer) => answer?.changed.length))).toEqual(new Set([0, 5]));
      expect(both.map((answer) => answer?.open)).toEqual([5, 5]);
    });

    it("are all kept or none; a group that is not there is told", async () => {
      await posted("a", "b");
      const broken = store().changeGroup("g", (alert) => {
        if (alert.id === "b") throw new RangeError("no");
        return { ...asItIs({ ...alert, revision: 2 }), history: [anEntry()] };
      });
      await expect(broken).rejects.toThrow("no");
      expect((await stateOf("a"))?.alert?.revision).toBe(1);
      expect(await store().history({ limit: 9 })).toEqual([]);
      expect(await store().changeGroup("gone", asItIs)).toBeUndefined();
    });
  });
};
