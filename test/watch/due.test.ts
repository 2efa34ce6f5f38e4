import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { nextDueAt } from "../../src/watch/due.ts";
import { aFailure, after, anUnknown, aVerdict, aWatch, NOW } from "../support/builders.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 1_440 * MINUTE;

const due = (verdict: Verdict, options: { random?: number; known?: Verdict; intervalMs?: number } = {}): number => {
  const { random = 0.5, known = verdict, intervalMs = 15 * MINUTE } = options;
  const watch = aWatch({ checkIntervalMs: intervalMs });
  return nextDueAt(watch, { verdict: known }, verdict, NOW, random).getTime() - NOW.getTime();
};

const endsIn = (ms: number): Verdict => aVerdict({ token: { expiry: { kind: "at", at: after(ms) } } });

const throttledAsset = {
  kind: "phone",
  id: "1",
  name: null,
  reach: "not_known",
  sending: null,
  failure: aFailure({ kind: "throttled", retryAfterMs: 40 * MINUTE }),
} as const;

describe("the next inspection", () => {
  it.each([
    [0, 13.5 * MINUTE],
    [0.5, 15 * MINUTE],
    [0.999_999, 16.5 * MINUTE],
  ])("comes after the interval, plus or minus a tenth (random %d)", (random, expected) => {
    expect(due(aVerdict(), { random })).toBeCloseTo(expected, -2);
  });

  it.each<[string, Verdict, number]>([
    ["at the next threshold", endsIn(7 * DAY + 5 * MINUTE), 5 * MINUTE],
    ["a minute after the end", endsIn(2 * MINUTE), 3 * MINUTE],
    ["a minute after an end that has just passed", endsIn(-30 * SECOND), 30 * SECOND],
    ["at the interval when threshold and end are far", endsIn(20 * DAY), 15 * MINUTE],
    ["at the interval when the end is long past", endsIn(-DAY), 15 * MINUTE],
    ["never sooner than a second", endsIn(7 * DAY + 10), SECOND],
    ["when Graph asked to wait, not before", anUnknown({ kind: "throttled", retryAfterMs: 40 * MINUTE }), 40 * MINUTE],
    ["when a live read was asked to wait, not before", aVerdict({ assets: [throttledAsset] }), 40 * MINUTE],
    ["at the interval after a failure that names no wait", anUnknown(), 15 * MINUTE],
  ])("%s", (_, verdict, expected) => {
    expect(due(verdict)).toBe(expected);
  });

  it("after the first one comes at any time within the interval, so that a new fleet spreads over it", () => {
    const first = (random: number): number =>
      nextDueAt(aWatch({ checkIntervalMs: 15 * MINUTE }), { verdict: aVerdict() }, aVerdict(), NOW, random, {
        isFirst: true,
      }).getTime() - NOW.getTime();
    expect([0, 0.25, 0.5, 0.75].map((random) => first(random))).toEqual([
      SECOND,
      3.75 * MINUTE,
      7.5 * MINUTE,
      11.25 * MINUTE,
    ]);
  });

  it("does not change for a required wait that is shorter than the interval", () => {
    expect(due(anUnknown({ retryAfterMs: 5 * SECOND }))).toBe(15 * MINUTE);
  });

  it("keeps the threshold of the last known expiry after a check without an answer", () => {
    expect(due(anUnknown(), { known: endsIn(7 * DAY + 5 * MINUTE) })).toBe(5 * MINUTE);
  });

  it("comes after one second at the earliest", () => {
    expect(due(aVerdict(), { intervalMs: SECOND, random: 0 })).toBe(SECOND);
  });
});
