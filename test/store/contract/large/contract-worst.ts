import { describe, expect, it } from "vitest";
import type { WorstPage } from "../../../../src/watch/ports.ts";
import type { WatchState } from "../../../../src/alert/alert.ts";
import { only, type StoreSteps } from "../contract-store.ts";
import { aCard, anAlert, anOutcome, aState, aVerdict, minutes, NOON } from "../states.ts";
import { saveRound } from "../../../support/save-round.ts";

const NONE = { token: null, assets: [], findings: [], failure: null };
const WELL = aVerdict({ ...NONE, state: "healthy", alive: true });
const DEAD = aVerdict({ ...NONE, state: "revoked", alive: false });
const FAILURE = { kind: "unreachable", message: "No answer.", retryAfterMs: null, evidence: null } as const;
const FAILING = { failure: FAILURE, since: NOON, tries: 1 };

/** The contract for watches worst first, their counts, and the search by name. */
export const worstContract = ({ store, claimDue, run }: StoreSteps): void => {
  const save = async (name: string, fields: Partial<WatchState>, at = NOON): Promise<void> => {
    const state = aState({ failing: null, alert: null, ...fields });
    await saveRound(
      store(),
      only(await claimDue({ names: [name], now: at, roundStartedAt: at })),
      anOutcome({ state, checkedAt: at, nextDueAt: at }),
    );
  };
  const add = async (name: string, fields?: Partial<WatchState>): Promise<void> => {
    await store().sync([{ name, definition: "d" }], NOON);
    if (fields !== undefined) await save(name, fields);
  };
  const alertOf = (name: string) => anAlert({ id: name, card: aCard({ name }), failing: null });
  const page = async (fields: Partial<WorstPage> = {}) => {
    const { records, next } = await store().worst({ which: "all", limit: 10, ...fields });
    return { names: records.map(({ name }) => name), next };
  };
  const namesOf = async (fields: Partial<WorstPage> = {}) => (await page(fields)).names;
  const addSome = async (): Promise<void> => {
    await add("new");
    await add("well", { verdict: WELL });
    await add("Shop_1", { verdict: DEAD });
    await add("failing", { verdict: WELL, failing: FAILING });
    await add("alerted", { verdict: DEAD, alert: alertOf("alerted") });
  };

  describe("watches worst first", () => {
    it("come by rank, then by the end of the token, then by name, a page at a time", async () => {
      await addSome();
      const ending = (at: Date) => ({ ...DEAD, token: { ...aVerdict().token!, expiry: { kind: "at", at } as const } });
      await add("sooner", { verdict: ending(minutes(1)) });
      const all = ["sooner", "Shop_1", "alerted", "new", "failing", "well"];
      expect((await namesOf()).toSorted()).toEqual(all.toSorted());
      const seen: string[] = [];
      for (let after: string | undefined; ;) {
        const { names, next } = await page({ limit: 2, after });
        seen.push(...names);
        if (next === null) break;
        after = next;
      }
      expect(seen).toEqual(await namesOf());
      expect(seen.filter((name) => name !== "Shop_1")).toEqual(all.filter((name) => name !== "Shop_1"));
      expect(seen.slice(0, 3)).toContain("Shop_1");
      expect(await namesOf({ after: "of another form" })).toEqual(seen);
    });

    it("follow the last save, and an alert that ended", async () => {
      await add("orders", { verdict: DEAD, alert: alertOf("orders") });
      expect(await namesOf({ which: "attention" })).toEqual(["orders"]);
      await save(
        "orders",
        { verdict: WELL, alert: { ...alertOf("orders"), resolvedAt: NOON, revision: 2 } },
        minutes(1),
      );
      expect(await namesOf({ which: "attention" })).toEqual([]);
      expect(await store().tally()).toMatchObject({ total: 1, attention: 0, states: new Map([["healthy", 1]]) });
    });

    it("are found by a part of the name, in any case, literally", async () => {
      await addSome();
      expect(await namesOf({ part: "shop_" })).toEqual(["Shop_1"]);
      expect(await namesOf({ part: "sh%1" })).toEqual([]);
      expect(await namesOf({ part: "\\" })).toEqual([]);
      expect(await store().tally("SHOP")).toMatchObject({ total: 1, attention: 1, waiting: 0, open: 0 });
      expect(await store().names("l", 2)).toEqual(["well", "alerted"]);
      expect(await store().names("shop_1", 2)).toEqual(["Shop_1"]);
      expect(await store().names("NEW", 2)).toEqual(["new"]);
    });

    it("can be those alone that need somebody, or that have an open alert", async () => {
      await addSome();
      expect((await namesOf({ which: "attention" })).toSorted()).toEqual(["Shop_1", "alerted", "failing"]);
      expect(await namesOf({ which: "open" })).toEqual(["alerted"]);
    });

    it("are counted, with their states", async () => {
      await addSome();
      expect(await store().tally()).toEqual({
        total: 5,
        attention: 3,
        waiting: 1,
        open: 1,
        states: new Map([
          ["healthy", 2],
          ["revoked", 2],
          ["unknown", 1],
        ]),
      });
    });

    it("are found by the token of the last answer", async () => {
      const token = { ...aVerdict().token!, fingerprint: "abcdef012345" };
      await add("one", { verdict: { ...DEAD, token } });
      await add("two", { verdict: { ...WELL, token } });
      await add("other", { verdict: aVerdict(), aliveFingerprint: "abcdef012345" });
      expect(await store().holders(["abcdef012345", "000000000000", "%"])).toEqual(
        new Map([
          ["abcdef012345", ["one", "two"]],
          ["000000000000", []],
        ]),
      );
      expect(await store().holders([])).toEqual(new Map());
    });

    it("are found by the end of the token, as far as it is known", async () => {
      const ends = (at: Date) => ({ ...WELL, token: { ...aVerdict().token!, expiry: { kind: "at", at } as const } });
      await add("later", { verdict: ends(new Date("2026-12-02T00:00:00Z")) });
      await add("sooner", { verdict: ends(new Date("2026-12-01T00:00:00Z")) });
      await add("never", { verdict: WELL });
      await add("new");
      const [before, first, last] = ["2026-01-01", "2026-12-01", "2027-01-01"].map(
        (day) => new Date(`${day}T00:00:00Z`),
      );
      expect(await store().ending(before!, first!)).toEqual(["sooner"]);
      expect(await store().ending(before!, last!)).toEqual(["later", "sooner"]);
      expect(await store().ending(first!, last!)).toEqual(["later"]);
      expect(await store().ending(before!, before!)).toEqual([]);
    });

    it("never count a row as well that cannot be read", async () => {
      await add("well", { verdict: WELL });
      await run("update watches set verdict = substr(verdict, 1, 80)");
      await store().find("well");
      expect(await store().tally()).toMatchObject({ total: 1, attention: 1, states: new Map([["unknown", 1]]) });
      const { records } = await store().worst({ which: "attention", limit: 10 });
      expect(records).toMatchObject([{ name: "well", unreadable: expect.stringContaining("cannot be read") }]);
    });
  });
};
