import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Alert, WatchState } from "../../src/watch/alert.ts";
import type { Claim, ClaimDueOptions, DeliveryClaim, WatchStore } from "../../src/watch/ports.ts";
import { aCard, aReply, aState, aVerdict, anAlert, minutes, NOON } from "./states.ts";

/** An empty database of its own for one test. */
export interface ContractDatabase {
  /** Opens a store on it; called twice, the two stand for two programs on one database. */
  readonly open: () => Promise<WatchStore>;
  /** Takes it away after every store on it was closed. */
  readonly remove: () => Promise<void>;
}

const NEW: WatchState = { verdict: null, failing: null, aliveFingerprint: null, told: null, alert: null };
const REF = { channel: "C0000000001", ts: "1700000000.000100" };
const LEASE_MS = 60_000;

const names = (claims: readonly Claim[]): readonly string[] => claims.map(({ watch }) => watch);
const ids = (claims: readonly DeliveryClaim[]): readonly string[] => claims.map(({ alert }) => alert.id);

const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`expected one, got ${list.length}`);
  return first;
};

/** What every WatchStore promises, whatever database is below it. */
export const storeContract = (name: string, makeDatabase: () => Promise<ContractDatabase>): void => {
  describe(`the store over ${name}`, () => {
    let database: ContractDatabase;
    let store: WatchStore;
    let opened: WatchStore[];

    const open = async (): Promise<WatchStore> => {
      const next = await database.open();
      opened.push(next);
      return next;
    };
    beforeEach(async () => {
      database = await makeDatabase();
      opened = [];
      store = await open();
    });
    afterEach(async () => {
      for (const one of opened) await one.close();
      await database.remove();
    });

    const claimDue = async (fields: Partial<ClaimDueOptions> = {}, from = store): Promise<readonly Claim[]> =>
      from.claimDue({ now: NOON, leaseMs: LEASE_MS, limit: 10, which: "due", roundStartedAt: NOON, ...fields });
    const claimUndelivered = async (now = NOON, from = store): Promise<readonly DeliveryClaim[]> =>
      from.claimUndelivered({ now, leaseMs: LEASE_MS, limit: 10 });

    /** One round over one watch that ends with this state; the watch is due again at once. */
    const round = async (state: WatchState, watch = "orders", checkedAt = NOON): Promise<void> => {
      await store.sync([{ name: watch }], NOON);
      const claims = await claimDue({ now: minutes(1_000), roundStartedAt: minutes(1_000), which: "all" });
      for (const claim of claims)
        await store.saveRound(claim, {
          state: claim.watch === watch ? state : claim.state,
          checkedAt,
          nextDueAt: NOON,
        });
    };
    const roundWith = async (alert: Alert): Promise<void> => round(aState({ alert }), alert.card.name);
    const stateOf = async (watch: string): Promise<WatchState | undefined> =>
      (await store.list()).find((record) => record.name === watch)?.state;

    describe("the watchlist", () => {
      it("a new watch knows nothing and is due at once", async () => {
        await store.sync([{ name: "orders" }], NOON);
        expect(await store.list()).toEqual([
          { name: "orders", state: NEW, checkedAt: null, nextDueAt: NOON, undelivered: null },
        ]);
        expect(names(await claimDue())).toEqual(["orders"]);
      });

      it("a watch that is known stays as it was, also when named twice", async () => {
        await round(aState());
        await store.sync([{ name: "orders" }, { name: "orders" }, { name: "crm" }], minutes(5));
        const listed = await store.list();
        expect(listed.map((record) => record.name)).toEqual(["crm", "orders"]);
        expect(listed[1]?.state).toEqual(aState());
      });

      it("without `retire` a watch that is not named stays", async () => {
        await store.sync([{ name: "orders" }], NOON);
        await store.sync([], NOON);
        expect(await store.list()).toHaveLength(1);
      });

      it("a retired watch goes, and its alert is delivered as `retire` left it", async () => {
        await roundWith(anAlert());
        const seen: WatchState[] = [];
        await store.sync([{ name: "crm" }], NOON, (state) => {
          seen.push(state);
          const alert = anAlert({ revision: 2, resolvedAt: NOON, resolution: "unwatched", replies: [aReply(2)] });
          return { ...state, alert };
        });
        expect(seen).toEqual([aState({ alert: anAlert() })]);
        expect((await store.list()).map((record) => record.name)).toEqual(["crm"]);
        const claim = only(await claimUndelivered());
        expect(claim.alert).toMatchObject({ id: "alert-1", resolution: "unwatched", revision: 2 });
      });

      it("a retired watch without an alert goes quietly, and begins anew when it comes back", async () => {
        await round(aState());
        await store.sync([], NOON, (state) => state);
        await store.sync([{ name: "orders" }], NOON);
        expect(await stateOf("orders")).toEqual(NEW);
      });

      it("when `retire` throws, nothing changes", async () => {
        await roundWith(anAlert());
        const failing = store.sync([{ name: "crm" }], NOON, () => {
          throw new RangeError("no");
        });
        await expect(failing).rejects.toThrow("no");
        expect((await store.list()).map((record) => record.name)).toEqual(["orders"]);
      });
    });

    describe("taking watches for a round", () => {
      it("takes those whose time has come, the longest waiting first, up to the limit", async () => {
        await store.sync([{ name: "late" }], minutes(1));
        await store.sync([{ name: "early" }, { name: "also-early" }], minutes(0));
        await store.sync([{ name: "not-yet" }], minutes(3));
        expect(names(await claimDue({ now: minutes(2), limit: 2 }))).toEqual(["also-early", "early"]);
        expect(names(await claimDue({ now: minutes(2), limit: 2 }))).toEqual(["late"]);
      });

      it("`all` also takes those whose time has not come", async () => {
        await store.sync([{ name: "orders" }], minutes(60));
        expect(await claimDue()).toEqual([]);
        expect(names(await claimDue({ which: "all" }))).toEqual(["orders"]);
      });

      it("a watch that is taken is nobody else's until the lease ends", async () => {
        await store.sync([{ name: "orders" }], NOON);
        const other = await open();
        const first = only(await claimDue());
        expect(await claimDue({ now: new Date(NOON.getTime() + LEASE_MS - 1) }, other)).toEqual([]);
        const second = only(await claimDue({ now: new Date(NOON.getTime() + LEASE_MS) }, other));
        expect(second.lease).not.toBe(first.lease);
      });

      it("a watch that this round has checked is left out", async () => {
        await store.sync([{ name: "orders" }], NOON);
        const claim = only(await claimDue());
        await store.saveRound(claim, { state: NEW, checkedAt: minutes(1), nextDueAt: minutes(1) });
        expect(await claimDue({ now: minutes(1), which: "all" })).toEqual([]);
        expect(await claimDue({ now: minutes(2), which: "all", roundStartedAt: minutes(2) })).toHaveLength(1);
      });

      it("two programs at once never take the same watch", async () => {
        const cards = Array.from({ length: 40 }, (_, index) => ({ name: `watch-${index}` }));
        await store.sync(cards, NOON);
        const other = await open();
        const taken = await Promise.all(
          Array.from({ length: 8 }, async (_, index) => claimDue({ limit: 5 }, index % 2 === 0 ? store : other)),
        );
        const all = taken.flatMap(names);
        expect(new Set(all).size).toBe(all.length);
        expect(all).toHaveLength(cards.length);
      });
    });

    describe("saving a round", () => {
      it.each<[string, WatchState]>([
        ["nothing known", NEW],
        ["everything known", aState({ alert: anAlert({ replies: [aReply(1)] }) })],
        ["a token that never ends", aState({ verdict: aVerdict({ token: null, assets: [], threshold: null }) })],
        [
          "a token with an absurd end",
          aState({ alert: anAlert({ before: { fingerprint: null, expiry: { kind: "at", at: new Date(8e15) } } }) }),
        ],
        [
          "an alert that could not be checked",
          aState({
            verdict: null,
            alert: anAlert({
              kind: "not_checked",
              severity: "warning",
              verdict: null,
              before: { fingerprint: null, expiry: { kind: "not_known" } },
            }),
          }),
        ],
        [
          "an owner to mention",
          aState({
            alert: anAlert({
              failing: null,
              card: aCard({ owner: "U0000000001", phoneNumberId: undefined, consumers: [] }),
            }),
          }),
        ],
      ])("gives back what it was given: %s", async (_, state) => {
        await round(state);
        const record = only(await store.list());
        expect(record.state).toStrictEqual(state);
        const claim = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
        expect(claim.state).toStrictEqual(state);
      });

      it("keeps when it was checked and when it is due", async () => {
        await store.sync([{ name: "orders" }], NOON);
        const claim = only(await claimDue());
        expect(await store.saveRound(claim, { state: NEW, checkedAt: minutes(1), nextDueAt: minutes(16) })).toBe(true);
        expect(only(await store.list())).toMatchObject({ checkedAt: minutes(1), nextDueAt: minutes(16) });
        expect(await claimDue({ now: minutes(15), roundStartedAt: minutes(15) })).toEqual([]);
        expect(await claimDue({ now: minutes(16), roundStartedAt: minutes(16) })).toHaveLength(1);
      });

      it("a due time beyond the calendar is far away, not now", async () => {
        await store.sync([{ name: "orders" }], NOON);
        await store.saveRound(only(await claimDue()), { state: NEW, checkedAt: NOON, nextDueAt: new Date(8e15) });
        expect(await claimDue({ now: minutes(60), roundStartedAt: minutes(60) })).toEqual([]);
      });

      it("is refused when another has taken the watch meanwhile, and nothing is saved", async () => {
        await store.sync([{ name: "orders" }], NOON);
        const slow = only(await claimDue());
        const fast = only(await claimDue({ now: minutes(1) }));
        const outcome = { state: aState({ alert: anAlert() }), checkedAt: NOON, nextDueAt: minutes(15) };
        expect(await store.saveRound(slow, outcome)).toBe(false);
        expect(await stateOf("orders")).toEqual(NEW);
        expect(await claimUndelivered()).toEqual([]);
        expect(await store.saveRound(fast, outcome)).toBe(true);
        expect(await store.saveRound(fast, outcome)).toBe(false);
      });

      it("is refused when the watch is gone", async () => {
        await store.sync([{ name: "orders" }], NOON);
        const claim = only(await claimDue());
        await store.sync([], NOON, (state) => state);
        expect(await store.saveRound(claim, { state: aState(), checkedAt: NOON, nextDueAt: NOON })).toBe(false);
      });

      it("a second open alert of one watch is refused, and the round with it", async () => {
        await roundWith(anAlert());
        await expect(roundWith(anAlert({ id: "alert-2" }))).rejects.toThrow(/unique/i);
        expect((await stateOf("orders"))?.alert?.id).toBe("alert-1");
      });

      it("a resolved alert is history: the watch has none, and the next one is another", async () => {
        await roundWith(anAlert());
        await roundWith(anAlert({ revision: 2, resolvedAt: minutes(1), resolution: "recovered" }));
        expect((await stateOf("orders"))?.alert).toBeNull();
        await roundWith(anAlert({ id: "alert-2", openedAt: minutes(2) }));
        expect((await stateOf("orders"))?.alert?.id).toBe("alert-2");
        expect(ids(await claimUndelivered())).toEqual(["alert-1", "alert-2"]);
      });
    });

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
          lease: expect.any(String),
        });
        expect(await claimUndelivered(NOON, other)).toEqual([]);
        expect(await claimUndelivered(minutes(1), other)).toHaveLength(1);
      });

      it("gives the oldest first, up to the limit", async () => {
        await roundWith(anAlert({ id: "b", card: aCard({ name: "b" }), openedAt: minutes(2) }));
        await roundWith(anAlert({ id: "a", card: aCard({ name: "a" }), openedAt: minutes(3) }));
        await roundWith(anAlert({ id: "c", card: aCard({ name: "c" }), openedAt: minutes(1) }));
        expect(ids(await store.claimUndelivered({ now: NOON, leaseMs: LEASE_MS, limit: 2 }))).toEqual(["c", "b"]);
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
        await store.saveDelivery(claim, { kind: "post", ref: REF, revision: 3 });
        await store.releaseDelivery(claim);
        expect(await claimUndelivered()).toEqual([]);
        expect((await stateOf("orders"))?.alert?.replies).toEqual([]);
      });

      it("the next claim knows the message, by the channel and ts that Slack returned", async () => {
        await roundWith(anAlert());
        const claim = only(await claimUndelivered());
        await store.saveDelivery(claim, { kind: "post", ref: { channel: "C0000000002", ts: "1.2" }, revision: 1 });
        await store.releaseDelivery(claim);
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
        await store.saveDelivery(first, { kind: "post", ref: REF, revision: 1 });
        await store.releaseDelivery(first);
        await roundWith(anAlert({ revision: 3, replies: [aReply(2), aReply(3)] }));
        return only(await claimUndelivered());
      };

      it("an edit leaves the replies owed; each reply that went out is dropped", async () => {
        const claim = await raised();
        await store.saveDelivery(claim, { kind: "edit", ref: REF, revision: 3 });
        expect((await stateOf("orders"))?.alert?.replies.map((reply) => reply.revision)).toEqual([2, 3]);
        await store.saveDelivery(claim, { kind: "reply", revision: 2 });
        expect((await stateOf("orders"))?.alert?.replies.map((reply) => reply.revision)).toEqual([3]);
        await store.releaseDelivery(claim);
        const rest = only(await claimUndelivered());
        expect(rest).toMatchObject({ deliveredRevision: 3, repliedRevision: 2, ref: REF });
        await store.saveDelivery(rest, { kind: "reply", revision: 3 });
        await store.releaseDelivery(rest);
        expect(await claimUndelivered()).toEqual([]);
      });

      it("a reply that went out while a round was on does not come back with the round", async () => {
        const claim = await raised();
        const inRound = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
        await store.saveDelivery(claim, { kind: "reply", revision: 2 });
        const alert = {
          ...anAlert(),
          ...inRound.state.alert,
          revision: 4,
          replies: [...(inRound.state.alert?.replies ?? []), aReply(4)],
        };
        await store.saveRound(inRound, { state: { ...inRound.state, alert }, checkedAt: NOON, nextDueAt: NOON });
        expect((await stateOf("orders"))?.alert?.replies.map((reply) => reply.revision)).toEqual([3, 4]);
      });

      it("what a round raised during a delivery is still owed after it", async () => {
        const claim = await raised();
        await roundWith(anAlert({ revision: 4, severity: "warning", replies: [aReply(2), aReply(3), aReply(4)] }));
        await store.saveDelivery(claim, { kind: "edit", ref: REF, revision: 3 });
        await store.saveDelivery(claim, { kind: "reply", revision: 3 });
        await store.releaseDelivery(claim);
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

      it("a failure waits, is counted and is shown; success ends all three", async () => {
        await roundWith(anAlert());
        const first = only(await claimUndelivered());
        await store.saveDeliveryFailure(first, { error: "not_in_channel", retryAt: minutes(5) });
        expect(only(await store.list()).undelivered).toEqual({
          error: "not_in_channel",
          channel: "C0000000001",
          retryAt: minutes(5),
        });
        expect(await claimUndelivered(minutes(4))).toEqual([]);
        const second = only(await claimUndelivered(minutes(5)));
        expect(second.failures).toBe(1);
        await store.saveDeliveryFailure(second, { error: "is_archived", retryAt: minutes(6) });
        const third = only(await claimUndelivered(minutes(6)));
        expect(third.failures).toBe(2);
        await store.saveDelivery(third, { kind: "post", ref: REF, revision: 1 });
        await store.releaseDelivery(third);
        expect(only(await store.list()).undelivered).toBeNull();
        await roundWith(anAlert({ revision: 2 }));
        expect(only(await claimUndelivered(minutes(6))).failures).toBe(0);
      });

      it("a change while a delivery waits for its retry does not hurry it", async () => {
        await roundWith(anAlert());
        const claim = only(await claimUndelivered());
        await store.saveDeliveryFailure(claim, { error: "not_in_channel", retryAt: minutes(5) });
        await roundWith(anAlert({ revision: 2, replies: [aReply(2)] }));
        expect(await claimUndelivered(minutes(4))).toEqual([]);
        expect(only(await claimUndelivered(minutes(5))).alert.revision).toBe(2);
      });

      it("one who lost the lease neither frees nor fails the delivery of another", async () => {
        await roundWith(anAlert());
        const slow = only(await claimUndelivered());
        const fast = only(await claimUndelivered(minutes(1)));
        await store.releaseDelivery(slow);
        await store.saveDeliveryFailure(slow, { error: "timeout", retryAt: minutes(9) });
        expect(await claimUndelivered(minutes(1))).toEqual([]);
        expect(only(await store.list()).undelivered).toBeNull();
        await store.releaseDelivery(fast);
        expect(only(await claimUndelivered(minutes(1))).failures).toBe(0);
      });

      it("a post that outlived its lease counts, unless a faster one stands already", async () => {
        await roundWith(anAlert());
        const slow = only(await claimUndelivered());
        const fast = only(await claimUndelivered(minutes(1)));
        await store.saveDelivery(fast, { kind: "post", ref: REF, revision: 1 });
        await store.saveDelivery(slow, { kind: "post", ref: { channel: "C0000000001", ts: "9.9" }, revision: 1 });
        await store.releaseDelivery(fast);
        await roundWith(anAlert({ revision: 2 }));
        const late = only(await claimUndelivered(minutes(2)));
        expect(late.ref).toEqual(REF);
        await store.releaseDelivery(late);
        await claimUndelivered(minutes(2));
        await store.saveDelivery(late, { kind: "edit", ref: REF, revision: 2 });
        expect(await claimUndelivered(minutes(60))).toEqual([]);
      });
    });

    it("answers a ping", async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });

    it("another program sees what one has saved, also after the first is gone", async () => {
      await roundWith(anAlert());
      const other = await open();
      expect(await other.list()).toEqual(await store.list());
      await store.close();
      expect(only(await other.list()).state.alert).toEqual(anAlert());
    });

    it("once closed it does not answer, and closing twice is no error", async () => {
      await store.close();
      await expect(store.close()).resolves.toBeUndefined();
      await expect(store.ping()).rejects.toThrow(/./);
    });
  });
};
