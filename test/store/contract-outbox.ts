import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import type { DeliveryClaim } from "../../src/watch/outbox.ts";
import { ids, only, type StoreSteps } from "./contract-store.ts";
import { aCard, aNote, anAlert, anOutcome, aReply, claiming, minutes, NOON } from "./states.ts";

const REF = { channel: "C0000000001", ts: "1700000000.000100" };

/** What deliveries rely on. */
export const outboxContract = ({ store, open, claimDue, claimUndelivered, roundWith, stateOf }: StoreSteps): void => {
  describe("the outbox", () => {
    it("gives a new alert once, with nothing delivered, until the lease ends", async () => {
      await roundWith(anAlert());
      const other = await open();
      expect(only(await claimUndelivered())).toStrictEqual({
        alert: anAlert(),
        ref: null,
        deliveredRevision: 0,
        repliedRevision: 0,
        failures: 0,
        fallbackRevision: 0,
        lease: expect.any(String),
      });
      expect(await claimUndelivered(NOON, other)).toEqual([]);
      expect(await claimUndelivered(minutes(1), other)).toHaveLength(1);
    });

    it("gives the oldest first, up to the limit", async () => {
      await roundWith(anAlert({ id: "b", card: aCard({ name: "b" }), openedAt: minutes(2) }));
      await roundWith(anAlert({ id: "a", card: aCard({ name: "a" }), openedAt: minutes(3) }));
      await roundWith(anAlert({ id: "c", card: aCard({ name: "c" }), openedAt: minutes(1) }));
      expect(ids(await store().claimUndelivered(claiming({ now: NOON, limit: 2 })))).toEqual(["c", "b"]);
    });

    it("gives what a person just did first, then what is critical, then the rest", async () => {
      const named = (name: string, fields: Partial<Alert>) => anAlert({ id: name, card: aCard({ name }), ...fields });
      await roundWith(named("mild", { severity: "warning", openedAt: minutes(1) }));
      await roundWith(named("bad", { openedAt: minutes(2) }));
      await roundWith(named("seen", { severity: "warning", openedAt: minutes(3), replies: [aReply(1, { by: "U1" })] }));
      const order = async (fields: Parameters<typeof claiming>[0]) => {
        const claims = await store().claimUndelivered(claiming(fields));
        for (const claim of claims) await store().releaseDelivery(claim);
        return ids(claims);
      };
      expect(await order({})).toEqual(["seen", "bad", "mild"]);
      // Slack does not show what was answered: it waits like any other.
      expect(await order({ urgentOnly: true })).toEqual(["bad"]);
      const shown = only(await store().claimUndelivered(claiming({ limit: 1 })));
      await store().saveDelivery(shown, { kind: "edit", ref: REF, revision: 0 });
      await store().releaseDelivery(shown);
      expect(await order({ urgentOnly: true })).toEqual(["seen", "bad"]);
      // Once its answer is told it is as mild as before.
      const seen = only(await store().claimUndelivered(claiming({ limit: 1 })));
      await store().saveDelivery(seen, { kind: "reply", revision: 1 });
      await store().releaseDelivery(seen);
      expect(await order({})).toEqual(["bad", "mild", "seen"]);
      expect((await store().listUndelivered()).map(({ watch, urgent }) => [watch, urgent])).toEqual([
        ["mild", false],
        ["bad", true],
        ["seen", false],
      ]);
    });

    it("an alert whose message is given up is owed as new where it belongs now", async () => {
      await roundWith(anAlert());
      const posted = only(await claimUndelivered());
      await store().saveDelivery(posted, { kind: "post", ref: REF, revision: 1 });
      await store().releaseDelivery(posted);
      await roundWith(anAlert({ revision: 2, card: aCard({ channel: "C2" }), replies: [aReply(2)] }));
      const moved = only(await claimUndelivered());
      await store().saveDeliveryFailure(moved, { error: "is_archived", retryAt: NOON });
      const again = only(await claimUndelivered());
      // One who lost the lease gives nothing up.
      await store().giveUpMessage(moved);
      expect(await claimUndelivered()).toEqual([]);
      await store().giveUpMessage(again);
      expect(await store().listUndelivered()).toMatchObject([{ channel: "C2", error: null }]);
      expect(only(await claimUndelivered())).toMatchObject({ ref: null, deliveredRevision: 0, failures: 0 });
    });

    it("leaves out channels: where the message stands, else where it goes", async () => {
      for (const [id, channel] of [
        ["stands", "C1"],
        ["goes", "C1"],
        ["other", "C2"],
      ] as const)
        await roundWith(anAlert({ id, card: aCard({ name: id, channel }) }));
      const first = await claimUndelivered();
      for (const claim of first) {
        if (claim.alert.id === "stands")
          await store().saveDelivery(claim, { kind: "post", ref: { channel: "C3", ts: "1.1" }, revision: 1 });
        await store().releaseDelivery(claim);
      }
      await roundWith(anAlert({ id: "stands", card: aCard({ name: "stands", channel: "C1" }), revision: 2 }));
      const without = async (...except: readonly string[]) => {
        const claims = await store().claimUndelivered(claiming({ except }));
        for (const claim of claims) await store().releaseDelivery(claim);
        return ids(claims).toSorted();
      };
      expect(await without("C1")).toEqual(["other", "stands"]);
      expect(await without("C2", "C3")).toEqual(["goes"]);
      expect(await without("C9")).toEqual(["goes", "other", "stands"]);
    });

    it("what was told elsewhere is known at the next claim, and its note is owed", async () => {
      await roundWith(anAlert({ revision: 3 }));
      const claim = only(await claimUndelivered());
      const note = aNote();
      await store().saveDeliveryFailure(claim, { error: "is_archived", retryAt: minutes(1), notes: [note] });
      expect(only(await store().claimNotes(claiming())).note).toEqual(note);
      expect(only(await claimUndelivered(minutes(1)))).toMatchObject({ fallbackRevision: 3, failures: 1 });
      // One who lost the lease says nothing elsewhere.
      await store().saveDeliveryFailure(claim, { error: "x", retryAt: NOON, notes: [aNote({ id: "late" })] });
      expect(await store().claimNotes(claiming())).toEqual([]);
    });

    it("two programs at once never take the same alert", async () => {
      for (const id of ["a", "b", "c", "d"]) await roundWith(anAlert({ id, card: aCard({ name: id }) }));
      const other = await open();
      const taken = await Promise.all([claimUndelivered(), claimUndelivered(NOON, other)]);
      expect(taken.flatMap(ids).toSorted()).toEqual(["a", "b", "c", "d"]);
    });

    it("after a post nothing is owed: it says everything, so earlier replies are dropped", async () => {
      await roundWith(anAlert({ revision: 3, replies: [aReply(2), aReply(3)] }));
      const claim = only(await claimUndelivered());
      await store().saveDelivery(claim, { kind: "post", ref: REF, revision: 3 });
      await store().releaseDelivery(claim);
      expect(await claimUndelivered()).toEqual([]);
      expect((await stateOf("orders"))?.alert?.replies).toEqual([]);
    });

    it("the next claim knows the message, by the channel and ts that Slack returned", async () => {
      await roundWith(anAlert());
      const claim = only(await claimUndelivered());
      await store().saveDelivery(claim, { kind: "post", ref: { channel: "C0000000002", ts: "1.2" }, revision: 1 });
      await store().releaseDelivery(claim);
      await roundWith(anAlert({ revision: 2 }));
      expect(only(await claimUndelivered())).toMatchObject({
        ref: { channel: "C0000000002", ts: "1.2" },
        deliveredRevision: 1,
        repliedRevision: 1,
      });
    });

    /** An alert whose message stands in Slack at revision 1 and that a round has raised to revision 3 since. */
    const raised = async (): Promise<DeliveryClaim> => {
      await roundWith(anAlert());
      const first = only(await claimUndelivered());
      await store().saveDelivery(first, { kind: "post", ref: REF, revision: 1 });
      await store().releaseDelivery(first);
      await roundWith(anAlert({ revision: 3, replies: [aReply(2), aReply(3)] }));
      return only(await claimUndelivered());
    };

    it("an edit leaves the replies owed; each reply that went out is dropped", async () => {
      const claim = await raised();
      await store().saveDelivery(claim, { kind: "edit", ref: REF, revision: 3 });
      expect((await stateOf("orders"))?.alert?.replies.map((reply) => reply.revision)).toEqual([2, 3]);
      await store().saveDelivery(claim, { kind: "reply", revision: 2 });
      expect((await stateOf("orders"))?.alert?.replies.map((reply) => reply.revision)).toEqual([3]);
      await store().releaseDelivery(claim);
      const rest = only(await claimUndelivered());
      expect(rest).toMatchObject({ deliveredRevision: 3, repliedRevision: 2, ref: REF });
      await store().saveDelivery(rest, { kind: "reply", revision: 3 });
      await store().releaseDelivery(rest);
      expect(await claimUndelivered()).toEqual([]);
    });

    it("a reply that went out while a round was on does not come back with the round", async () => {
      const claim = await raised();
      const inRound = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
      await store().saveDelivery(claim, { kind: "reply", revision: 2 });
      const alert = {
        ...anAlert(),
        ...inRound.state.alert,
        revision: 4,
        replies: [...(inRound.state.alert?.replies ?? []), aReply(4)],
      };
      await store().saveRound(
        inRound,
        anOutcome({ state: { ...inRound.state, alert }, checkedAt: NOON, nextDueAt: NOON }),
      );
      expect((await stateOf("orders"))?.alert?.replies.map((reply) => reply.revision)).toEqual([3, 4]);
    });

    it("what a round raised during a delivery is still owed after it", async () => {
      const claim = await raised();
      await roundWith(anAlert({ revision: 4, severity: "warning", replies: [aReply(2), aReply(3), aReply(4)] }));
      await store().saveDelivery(claim, { kind: "edit", ref: REF, revision: 3 });
      await store().saveDelivery(claim, { kind: "reply", revision: 3 });
      await store().releaseDelivery(claim);
      const next = only(await claimUndelivered());
      expect(next).toMatchObject({ deliveredRevision: 3, repliedRevision: 3 });
      expect(next.alert).toMatchObject({ revision: 4, severity: "warning" });
      expect(next.alert.replies.map((reply) => reply.revision)).toEqual([4]);
    });

    it("a resolved alert is delivered like any other", async () => {
      await raised();
      await roundWith(anAlert({ revision: 4, resolvedAt: NOON, resolution: "recovered", replies: [aReply(4)] }));
      const claim = only(await claimUndelivered(minutes(1)));
      expect(claim.alert).toMatchObject({ resolvedAt: NOON, resolution: "recovered", revision: 4 });
    });

    it("lists all that is owed, resolved alerts and failed ones too", async () => {
      await roundWith(anAlert({ revision: 2, resolvedAt: NOON, resolution: "recovered" }));
      expect(await store().listUndelivered()).toEqual([
        { watch: "orders", note: null, channel: "C0000000001", error: null, urgent: true },
      ]);
      const claim = only(await claimUndelivered());
      await store().saveDeliveryFailure(claim, { error: "is_archived", retryAt: minutes(5) });
      expect(await store().listUndelivered()).toEqual([
        { watch: "orders", note: null, channel: "C0000000001", error: "is_archived", urgent: true },
      ]);
      await store().saveDelivery(only(await claimUndelivered(minutes(5))), { kind: "post", ref: REF, revision: 2 });
      expect(await store().listUndelivered()).toEqual([]);
    });

    it("a failure waits, is counted and is shown; success ends all three", async () => {
      await roundWith(anAlert());
      expect(only(await store().list()).owed).toBe(true);
      const first = only(await claimUndelivered());
      await store().saveDeliveryFailure(first, { error: "not_in_channel", retryAt: minutes(5) });
      expect(only(await store().list()).undelivered).toEqual({
        error: "not_in_channel",
        channel: "C0000000001",
        retryAt: minutes(5),
      });
      expect(await claimUndelivered(minutes(4))).toEqual([]);
      const second = only(await claimUndelivered(minutes(5)));
      expect(second.failures).toBe(1);
      await store().saveDeliveryFailure(second, { error: "is_archived", retryAt: minutes(6) });
      const third = only(await claimUndelivered(minutes(6)));
      expect(third.failures).toBe(2);
      await store().saveDelivery(third, { kind: "post", ref: REF, revision: 1 });
      await store().releaseDelivery(third);
      expect(only(await store().list())).toMatchObject({ owed: false, undelivered: null });
      await roundWith(anAlert({ revision: 2 }));
      expect(only(await claimUndelivered(minutes(6))).failures).toBe(0);
    });

    it("a change while a delivery waits for its retry does not hurry it", async () => {
      await roundWith(anAlert());
      const claim = only(await claimUndelivered());
      await store().saveDeliveryFailure(claim, { error: "not_in_channel", retryAt: minutes(5) });
      await roundWith(anAlert({ revision: 2, replies: [aReply(2)] }));
      expect(await claimUndelivered(minutes(4))).toEqual([]);
      expect(only(await claimUndelivered(minutes(5))).alert.revision).toBe(2);
    });

    it("one who lost the lease neither frees nor fails the delivery of another", async () => {
      await roundWith(anAlert());
      const slow = only(await claimUndelivered());
      const fast = only(await claimUndelivered(minutes(1)));
      await store().releaseDelivery(slow);
      await store().saveDeliveryFailure(slow, { error: "timeout", retryAt: minutes(9) });
      expect(await claimUndelivered(minutes(1))).toEqual([]);
      expect(only(await store().list()).undelivered).toBeNull();
      await store().releaseDelivery(fast);
      expect(only(await claimUndelivered(minutes(1))).failures).toBe(0);
    });

    it("a post that outlived its lease counts, unless a faster one stands already", async () => {
      await roundWith(anAlert());
      const slow = only(await claimUndelivered());
      const fast = only(await claimUndelivered(minutes(1)));
      await store().saveDelivery(fast, { kind: "post", ref: REF, revision: 1 });
      await store().saveDelivery(slow, { kind: "post", ref: { channel: "C0000000001", ts: "9.9" }, revision: 1 });
      await store().releaseDelivery(fast);
      await roundWith(anAlert({ revision: 2 }));
      const late = only(await claimUndelivered(minutes(2)));
      expect(late.ref).toEqual(REF);
      await store().releaseDelivery(late);
      await claimUndelivered(minutes(2));
      await store().saveDelivery(late, { kind: "edit", ref: REF, revision: 2 });
      expect(await claimUndelivered(minutes(60))).toEqual([]);
    });
  });
};
