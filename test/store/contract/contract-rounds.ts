import { describe, expect, it } from "vitest";
import type { Alert, WatchState } from "../../../src/alert/alert.ts";
import { LEASE_MS, names, only, owed, shown, type StoreSteps } from "./contract-store.ts";
import {
  aCard,
  aList,
  anAlert,
  anEntry,
  anOutcome,
  asItIs,
  aState,
  aVerdict,
  aWord,
  changed,
  minutes,
  NOON,
} from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const NEW: WatchState = { verdict: null, failing: null, aliveFingerprint: null, told: null, alert: null };

/** The contract for rounds. */
export const roundsContract = ({
  store,
  open,
  claimDue,
  claim: take,
  deliver,
  round,
  roundWith,
  stateOf,
}: StoreSteps): void => {
  describe("the watchlist", () => {
    it("a new watch has no state and is due at once", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      expect(await store().list()).toEqual([
        { name: "orders", state: NEW, checkedAt: null, nextDueAt: NOON, owed: false, undelivered: null },
      ]);
      expect(names(await claimDue())).toEqual(["orders"]);
    });

    it("a known watch stays unchanged, also when it is named twice", async () => {
      await round(aState());
      await store().sync(
        [
          { name: "orders", definition: "d" },
          { name: "orders", definition: "d" },
          { name: "crm", definition: "d" },
        ],
        minutes(5),
      );
      const listed = await store().list();
      expect(listed.map((record) => record.name)).toEqual(["crm", "orders"]);
      expect(listed[1]?.state).toEqual(aState());
    });

    it("a watch whose definition changed is due at once, and only then", async () => {
      await store().sync([{ name: "orders", definition: "every day" }], NOON);
      await saveRound(
        store(),
        only(await claimDue()),
        anOutcome({ state: aState(), checkedAt: NOON, nextDueAt: minutes(1_440) }),
      );
      await store().sync([{ name: "orders", definition: "every day" }], minutes(1));
      expect(only(await store().list()).nextDueAt).toEqual(minutes(1_440));
      await store().sync([{ name: "orders", definition: "every minute" }], minutes(2));
      expect(only(await store().list())).toMatchObject({ state: aState(), checkedAt: NOON, nextDueAt: minutes(2) });
      expect(names(await claimDue({ now: minutes(2), roundStartedAt: minutes(2) }))).toEqual(["orders"]);
    });

    it("a changed watch is due when `renew` says, but never later than it was", async () => {
      await store().sync([{ name: "orders", definition: "a" }], NOON);
      const state = aState({ alert: anAlert() });
      await saveRound(store(), only(await claimDue()), anOutcome({ state, checkedAt: NOON, nextDueAt: minutes(60) }));
      const seen: unknown[] = [];
      const renewAt = (definition: string, at: Date) =>
        store().sync([{ name: "orders", definition }], minutes(1), {
          renew: ({ verdict, failing }, checkedAt) => {
            seen.push({ verdict, failing, checkedAt });
            return at;
          },
        });
      await renewAt("b", minutes(61));
      expect(only(await store().list()).nextDueAt).toEqual(minutes(60));
      await renewAt("c", minutes(30));
      expect(only(await store().list()).nextDueAt).toEqual(minutes(30));
      const known = { verdict: state.verdict, failing: state.failing, checkedAt: NOON };
      expect(seen).toEqual([known, known]);
    });

    it("without `resolveRemoved` a watch that is not named stays", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      await store().sync([], NOON);
      expect(await store().list()).toHaveLength(1);
    });

    it("a removed watch is deleted, and its alert is delivered as `resolveRemoved` changed it", async () => {
      await roundWith(anAlert());
      const seen: Alert[] = [];
      await store().sync([{ name: "crm", definition: "d" }], NOON, {
        resolveRemoved: (alert) => {
          seen.push(alert);
          const over = changed(alert, { resolvedAt: NOON, resolution: "unwatched" }, [aWord({ reason: "unwatched" })]);
          return { ...over, history: [anEntry({ reason: "unwatched" })], messages: [aList()] };
        },
      });
      expect(seen).toEqual([anAlert()]);
      expect(only(await store().history({ limit: 9 })).reason).toBe("unwatched");
      expect((await store().list()).map((record) => record.name)).toEqual(["crm"]);
      const [own, list, ...others] = await take();
      expect(own).toMatchObject({
        message: { kind: "alert" },
        alerts: [{ alert: { resolution: "unwatched", revision: 2 } }],
      });
      expect(own && owed(own).toSorted()).toEqual(["joined", "unwatched"]);
      expect(list?.message).toMatchObject({ id: "list-1", kind: "escalation" });
      expect(others).toEqual([]);
    });

    it("a removed watch without an alert causes no message, and is new when it returns", async () => {
      await round(aState());
      await store().sync([], NOON, { resolveRemoved: asItIs });
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      expect(await stateOf("orders")).toEqual(NEW);
    });

    it("when `resolveRemoved` throws, nothing is removed", async () => {
      await roundWith(anAlert());
      const failing = store().sync([{ name: "crm", definition: "d" }], NOON, {
        resolveRemoved: () => {
          throw new RangeError("no");
        },
      });
      await expect(failing).rejects.toThrow("no");
      expect((await store().list()).map((record) => record.name)).toEqual(["crm", "orders"]);
    });
  });

  describe("taking watches for a round", () => {
    /** A watch that was checked an hour ago and is due at this time. */
    const dueAt = async (watch: string, nextDueAt: Date): Promise<void> => {
      await store().sync([{ name: watch, definition: "d" }], NOON);
      const claim = only(await claimDue({ names: [watch] }));
      await saveRound(store(), claim, anOutcome({ state: NEW, checkedAt: minutes(-60), nextDueAt }));
    };

    it("claims due watches, longest overdue first, up to the limit", async () => {
      await dueAt("late", minutes(1));
      await dueAt("early", minutes(0));
      await dueAt("also-early", minutes(0));
      await dueAt("not-yet", minutes(3));
      expect(names(await claimDue({ now: minutes(2), limit: 2 }))).toEqual(["also-early", "early"]);
      expect(names(await claimDue({ now: minutes(2), limit: 2 }))).toEqual(["late"]);
    });

    it("finds the named watches behind any number of others, also with the same list again", async () => {
      const all = Array.from({ length: 90 }, (_, index) => `watch-${index + 10}`);
      await store().sync(
        all.map((name) => ({ name, definition: "d" })),
        NOON,
      );
      const wanted = ["watch-99", "watch-55", "watch-98"];
      const first = await claimDue({ names: wanted, limit: 2 });
      const second = await claimDue({ names: wanted, limit: 2 });
      expect([...names(first), ...names(second)]).toEqual(["watch-55", "watch-98", "watch-99"]);
      expect(await claimDue({ names: wanted })).toEqual([]);
    });

    it("claims only the named watches, and leaves the others free", async () => {
      await store().sync(
        ["a", "b", "c"].map((name) => ({ name, definition: "d" })),
        NOON,
      );
      expect(names(await claimDue({ names: ["b", "unheard-of"] }))).toEqual(["b"]);
      expect(await claimDue({ names: [], which: "all" })).toEqual([]);
      expect(names(await claimDue({ names: ["a", "b", "c"] }))).toEqual(["a", "c"]);
    });

    it("`all` also claims watches that are not due", async () => {
      await dueAt("orders", minutes(60));
      expect(await claimDue()).toEqual([]);
      expect(names(await claimDue({ which: "all" }))).toEqual(["orders"]);
    });

    it("a claimed watch is not claimed again until the lease ends", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const other = await open();
      const first = only(await claimDue());
      expect(await claimDue({ now: new Date(NOON.getTime() + LEASE_MS - 1) }, other)).toEqual([]);
      const second = only(await claimDue({ now: new Date(NOON.getTime() + LEASE_MS) }, other));
      expect(second.lease).not.toBe(first.lease);
    });

    it("a watch that this round has checked is left out", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const claim = only(await claimDue());
      await saveRound(store(), claim, anOutcome({ state: NEW, checkedAt: minutes(1), nextDueAt: minutes(1) }));
      expect(await claimDue({ now: minutes(1), which: "all" })).toEqual([]);
      expect(await claimDue({ now: minutes(2), which: "all", roundStartedAt: minutes(2) })).toHaveLength(1);
    });

    it("two programs at once never claim the same watch", async () => {
      const cards = Array.from({ length: 40 }, (_, index) => ({ name: `watch-${index}`, definition: "d" }));
      await store().sync(cards, NOON);
      const other = await open();
      const taken = await Promise.all(
        Array.from({ length: 8 }, async (_, index) => claimDue({ limit: 5 }, index % 2 === 0 ? store() : other)),
      );
      const all = taken.flatMap(names);
      expect(new Set(all).size).toBe(all.length);
      expect(all).toHaveLength(cards.length);
    });
  });

  describe("saving a round", () => {
    it.each<[string, WatchState]>([
      ["nothing known", NEW],
      ["everything known", aState({ alert: anAlert({ acknowledged: { by: "U1", at: NOON } }) })],
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
    ])("returns the saved state: %s", async (_, state) => {
      await round(state);
      const record = only(await store().list());
      expect(record.state).toStrictEqual(state);
      const claim = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
      expect(claim.state).toStrictEqual(state);
    });

    it("saves the times of the check and of the next one", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const claim = only(await claimDue());
      expect(
        await saveRound(store(), claim, anOutcome({ state: NEW, checkedAt: minutes(1), nextDueAt: minutes(16) })),
      ).toBe(true);
      expect(only(await store().list())).toMatchObject({ checkedAt: minutes(1), nextDueAt: minutes(16) });
      expect(await claimDue({ now: minutes(15), roundStartedAt: minutes(15) })).toEqual([]);
      expect(await claimDue({ now: minutes(16), roundStartedAt: minutes(16) })).toHaveLength(1);
    });

    it("a due time after the year 9999 is far away, not now", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      await saveRound(
        store(),
        only(await claimDue()),
        anOutcome({ state: NEW, checkedAt: NOON, nextDueAt: new Date(8e15) }),
      );
      expect(await claimDue({ now: minutes(60), roundStartedAt: minutes(60) })).toEqual([]);
    });

    it("is refused when another program has claimed the watch, and nothing is saved", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const slow = only(await claimDue());
      const fast = only(await claimDue({ now: minutes(1) }));
      const outcome = anOutcome({ state: aState({ alert: anAlert() }), checkedAt: NOON, nextDueAt: minutes(15) });
      expect(await saveRound(store(), slow, outcome)).toBe(false);
      expect(await stateOf("orders")).toEqual(NEW);
      expect(await store().undelivered()).toEqual([]);
      expect(await saveRound(store(), fast, outcome)).toBe(true);
      expect(await saveRound(store(), fast, outcome)).toBe(false);
    });

    it("is refused when the watch was deleted", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const claim = only(await claimDue());
      await store().sync([], NOON, { resolveRemoved: asItIs });
      expect(await saveRound(store(), claim, anOutcome({ state: aState(), checkedAt: NOON, nextDueAt: NOON }))).toBe(
        false,
      );
    });

    it("a second open alert of one watch is refused, and the round with it", async () => {
      await roundWith(anAlert());
      await expect(roundWith(anAlert({ id: "alert-2" }))).rejects.toThrow(/unique/i);
      expect((await stateOf("orders"))?.alert?.id).toBe("alert-1");
    });

    it("a resolved alert is history: the watch has no alert, and the next one is new", async () => {
      await roundWith(anAlert());
      await roundWith(anAlert({ revision: 2, resolvedAt: minutes(1), resolution: "recovered" }));
      expect((await stateOf("orders"))?.alert).toBeNull();
      await roundWith(anAlert({ id: "alert-2", openedAt: minutes(2) }));
      expect((await stateOf("orders"))?.alert?.id).toBe("alert-2");
      const told = await deliver();
      expect(told.map(({ claim, call }) => [call.kind, ...shown(claim)])).toEqual([
        ["post", "alert-1"],
        ["post", "alert-2"],
      ]);
    });
  });
};
