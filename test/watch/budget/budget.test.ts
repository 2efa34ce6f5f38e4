import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addChecks } from "../../../src/watch/budget/check-counts.ts";
import {
  afterAnswer,
  atTime,
  type Budget,
  newBudget,
  pausedUntil,
  percentOf,
  sharedBudget,
  type Usage,
} from "../../../src/watch/budget/budget.ts";
import { allowedIntervalMs, paceOf, roomFor } from "../../../src/watch/budget/pace.ts";
import { after, NOW } from "../../support/builders.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const minutes = (count: number): Date => after(count * MINUTE_MS);
const share = (percent: number | null): Usage => ({ percent, waitMs: null });
const limited = (wait: number, percent: number | null = null): Usage => ({ percent, waitMs: wait * MINUTE_MS });

/** A budget after answers at minutes from `NOW`, with this many checks before. */
const budgetOf = (checks: number, ...answers: readonly [minute: number, usage: Usage][]): Budget =>
  answers.reduce<Budget>((budget, [minute, usage]) => afterAnswer(budget, usage, minutes(minute)), {
    ...newBudget(NOW),
    counts: addChecks([], checks, NOW),
  });

describe("the pace", () => {
  it.each<[string, Budget, number, string]>([
    ["before any answer", budgetOf(0), 0, "normal"],
    ["after answers without a share", budgetOf(100, [0, share(null)]), 0, "normal"],
    ["at 74 %", budgetOf(100, [0, share(74)]), 0, "normal"],
    ["at 75 %", budgetOf(100, [0, share(75)]), 0, "reduced"],
    ["at 99 %", budgetOf(100, [0, share(99)]), 0, "reduced"],
    ["while answers do not repeat the share", budgetOf(100, [0, share(80)], [5, share(null)]), 5, "reduced"],
    ["at the limit", budgetOf(100, [0, limited(15)]), 14, "paused"],
    ["until the longest wait", budgetOf(100, [0, limited(19)], [1, limited(2)]), 18, "paused"],
    ["although a running call was answered", budgetOf(100, [0, limited(19)], [1, share(99)]), 18, "paused"],
    ["at the end of the wait", budgetOf(100, [0, limited(15)]), 15, "trying"],
    ["after the wait, when Graph answers", budgetOf(100, [0, limited(15)], [15, share(10)]), 15, "normal"],
    ["after the wait, when the share is high", budgetOf(100, [0, limited(15)], [15, share(92)]), 15, "reduced"],
    ["after the wait, when Graph says nothing", budgetOf(100, [0, limited(15, 100)], [15, share(null)]), 15, "normal"],
    ["after the wait, at the limit again", budgetOf(100, [0, limited(15)], [15, limited(15)]), 29, "paused"],
    ["with a high share that is an hour old", budgetOf(100, [0, share(80)]), 60, "trying"],
    ["with a low share that is an hour old", budgetOf(100, [0, share(20)]), 60, "normal"],
  ])("%s", (_name, budget, minute, kind) => {
    expect(paceOf(budget, minutes(minute)).kind).toBe(kind);
  });

  it("says until when nothing is asked", () => {
    expect(paceOf(budgetOf(1, [0, limited(19)]), NOW)).toEqual({ kind: "paused", until: minutes(19) });
  });

  it("falls from the whole limit at 75 % to one check in five minutes at 90 %", () => {
    // 150 checks used 75 %, so Graph allows 200 in an hour.
    const rates = [75, 78, 82.5, 89, 90, 99].map((percent) => {
      const pace = paceOf(budgetOf(percent * 2, [0, share(percent)]), NOW);
      return pace.kind === "reduced" ? Math.round(pace.perHour) : pace.kind;
    });
    expect(rates).toEqual([200, 160, 100, 13, 12, 12]);
  });
});

describe("the room for checks beside each other", () => {
  it.each<[string, number, number | null, number, number]>([
    ["nothing reported", 50, null, 10, Infinity],
    // Each answered check used one percent.
    ["49 % for 50 checks", 50, 49, 0, 41],
    ["the same with 41 more checks running", 91, 49, 41, 0],
    ["0 % for one answered check, which may be 1 %", 1, 0, 0, 90],
    ["90 %", 100, 90, 0, 0],
    ["99 % with running checks", 100, 99, 10, 0],
    ["1 % for a million checks", 1_000_000, 1, 0, 44_500_000],
  ])("%s", (_name, checks, percent, running, room) => {
    expect(roomFor(budgetOf(checks, [0, share(percent)]), running, NOW)).toBe(room);
  });
});

describe("the interval that the limit allows", () => {
  it.each<[string, number, number | null, number, number | null]>([
    // 5,000 checks an hour, of which 78 % are used for good.
    ["100,000 watches and 5,000 checks an hour", 4_000, 80, 100_000, 1_538 * MINUTE_MS],
    ["130 watches and 200 checks an hour", 160, 80, 130, 50 * MINUTE_MS],
    ["nothing reported", 4_000, null, 100, null],
    ["too small a share", 4_000, 4, 100, null],
    ["too few checks", 19, 80, 100, null],
  ])("%s", (_name, checks, percent, watches, expected) => {
    const interval = allowedIntervalMs(budgetOf(checks, [0, share(percent)]), watches, NOW);
    expect(interval === null ? null : Math.round(interval / MINUTE_MS)).toBe(
      expected === null ? null : Math.round(expected / MINUTE_MS),
    );
  });
});

const anInstant = fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }).map(after);
const aUsage = fc.record({
  percent: fc.option(fc.integer({ min: 0, max: 100 })),
  waitMs: fc.option(fc.integer({ min: 1, max: DAY_MS })),
});
const aBudget = fc
  .array(fc.tuple(anInstant, aUsage, fc.nat(500)), { maxLength: 8 })
  .map((answers) =>
    answers.reduce<Budget>(
      (budget, [at, usage, checks]) =>
        afterAnswer({ ...atTime(budget, at), counts: addChecks(budget.counts, checks, at) }, usage, at),
      newBudget(NOW),
    ),
  );

/** Milliseconds until the pause of a budget ends; 0 without one. */
const pauseMs = (budget: Budget, now: Date): number =>
  (pausedUntil(atTime(budget, now), now)?.getTime() ?? now.getTime()) - now.getTime();

describe("any clock and any answers", () => {
  it("no pause is longer than the longest wait that Graph gave", () => {
    expect(() =>
      fc.assert(fc.property(aBudget, anInstant, (budget, now) => pauseMs(budget, now) <= (budget.limit?.waitMs ?? 0))),
    ).not.toThrow();
  });

  it("a pause ends in time after any jump of the clock", () => {
    const ends = fc.property(aBudget, anInstant, (budget, now) => {
      const seen = atTime(budget, now);
      return pauseMs(seen, new Date(now.getTime() + (seen.limit?.waitMs ?? 0))) === 0;
    });
    expect(() => fc.assert(ends)).not.toThrow();
  });

  it("after a pause, one check at a time begins until Graph answers", () => {
    const tries = fc.property(aBudget, fc.integer({ min: 1, max: DAY_MS }), anInstant, (budget, waitMs, jump) => {
      const paused = afterAnswer(atTime(budget, NOW), { percent: null, waitMs }, NOW);
      return ["paused", "trying"].includes(paceOf(atTime(paused, jump), jump).kind);
    });
    expect(() => fc.assert(tries)).not.toThrow();
  });

  it("two programs agree, whoever saves first, and a pause of one is a pause of both", () => {
    const agree = fc.property(aBudget, aBudget, anInstant, (a, b, now) => {
      const [one, two] = [sharedBudget(a, b, 0, now), sharedBudget(b, a, 0, now)];
      const isClear = a.at < b.at && b.at < now;
      return (
        pauseMs(one, now) === pauseMs(two, now) &&
        pauseMs(one, now) === Math.max(pauseMs(a, now), pauseMs(b, now)) &&
        (!isClear || percentOf(one, now) === percentOf(two, now))
      );
    });
    expect(() => fc.assert(agree)).not.toThrow();
  });
});
