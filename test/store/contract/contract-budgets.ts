import { describe, expect, it } from "vitest";
import type { WatchState } from "../../../src/alert/alert.ts";
import { type Budget, newBudget, sharedBudget } from "../../../src/watch/budget/budget.ts";
import { checksOf } from "../../../src/watch/budget/check-counts.ts";
import { names, type StoreSteps } from "./contract-store.ts";
import { anAlert, anOutcome, aState, aVerdict, minutes, NOON } from "./states.ts";

const APP = "100000000000042";
const DAY = 24 * 60;

const aBudget = (fields: Partial<Budget> = {}): Budget => ({
  ...newBudget(NOON),
  percent: 80,
  counts: [{ at: NOON.getTime(), checks: 7 }],
  ...fields,
});

/** The contract for the budgets of Meta apps, and for the watches that are urgent near a limit. */
export const budgetsContract = ({ store, open, claimDue, run }: StoreSteps): void => {
  describe("the budget of a Meta app", () => {
    it("is kept for each app, also for other programs", async () => {
      expect(await store().budgets()).toEqual(new Map());
      const limited = aBudget({ percent: null, limit: { since: NOON, waitMs: 900_000 } });
      expect(await store().shareBudget(APP, () => limited, NOON)).toEqual(limited);
      await store().shareBudget("1", () => aBudget(), NOON);
      expect(await (await open()).budgets()).toEqual(
        new Map([
          ["1", aBudget()],
          [APP, limited],
        ]),
      );
    });

    it("counts the checks of all programs", async () => {
      const others = await open();
      await store().shareBudget(APP, () => aBudget(), NOON);
      const seen: (Budget | null)[] = [];
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) =>
          (index % 2 === 0 ? store() : others).shareBudget(
            APP,
            (stored) => {
              seen.push(stored);
              return sharedBudget(aBudget(), stored ?? newBudget(NOON), 1, NOON);
            },
            NOON,
          ),
        ),
      );
      expect(seen).not.toContain(null);
      const budget = (await store().budgets()).get(APP);
      expect(checksOf(budget?.counts ?? [], NOON)).toBe(17);
    });

    it("counts as unknown when its row is unreadable, and is replaced", async () => {
      await store().shareBudget(APP, () => aBudget(), NOON);
      await run(`update graph_budgets set body = '{"percent":"much"}'`);
      expect(await store().budgets()).toEqual(new Map());
      await store().shareBudget(APP, (stored) => (stored === null ? aBudget({ percent: 3 }) : stored), NOON);
      expect((await store().budgets()).get(APP)?.percent).toBe(3);
    });

    it("is deleted with other old rows", async () => {
      await store().shareBudget(APP, () => aBudget(), NOON);
      expect(await store().prune(NOON)).toBe(0);
      expect(await store().prune(minutes(1))).toBe(1);
      expect(await store().budgets()).toEqual(new Map());
    });
  });

  describe("urgent watches", () => {
    const urgent = async (now = NOON) => names(await claimDue({ now, roundStartedAt: now, onlyUrgent: true }));

    /** Saves the result of a check of `orders`, which is due again a minute later. */
    const checked = async (state: WatchState): Promise<void> => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const [claim] = await claimDue({ now: NOON });
      if (claim === undefined) throw new Error("nothing was due");
      await store().saveRounds([{ claim, outcome: anOutcome({ state, checkedAt: NOON, nextDueAt: minutes(1) }) }]);
    };

    it("are those without a check, oldest first", async () => {
      await store().sync([{ name: "b", definition: "d" }], NOON);
      await store().sync([{ name: "a", definition: "d" }], minutes(1));
      expect(await urgent(minutes(1))).toEqual(["b", "a"]);
    });

    it("are those with a new problem, for a day", async () => {
      await checked(aState({ alert: anAlert({ openedAt: minutes(-DAY + 1) }) }));
      expect(await urgent()).toEqual([]);
      expect(await urgent(minutes(1))).toEqual(["orders"]);
    });

    it.each([
      ["when they become due", 3 * DAY + 1, 1],
      ["while they are overdue", 3 * DAY + 10, 10],
    ])("are those whose last three days begin %s", async (_, ends, from) => {
      const { token } = aVerdict();
      const verdict = aVerdict({ token: token && { ...token, expiry: { kind: "at", at: minutes(ends) } } });
      await checked(aState({ verdict, alert: null }));
      expect(await urgent(minutes(from - 1))).toEqual([]);
      expect(await urgent(minutes(from))).toEqual(["orders"]);
    });

    it("are not those with an old problem, or without one", async () => {
      await checked(aState({ verdict: null, alert: anAlert({ openedAt: minutes(-DAY) }) }));
      expect(await urgent(minutes(1))).toEqual([]);
      expect(names(await claimDue({ now: minutes(1), roundStartedAt: minutes(1) }))).toEqual(["orders"]);
    });
  });
};
