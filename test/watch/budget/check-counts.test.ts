import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addChecks, type CheckCounts, checksOf } from "../../../src/watch/budget/check-counts.ts";
import { after, NOW } from "../../support/builders.ts";

const MINUTE_MS = 60_000;

describe("the checks of the last hour", () => {
  it("counts them in slots of five minutes, and forgets them after an hour", () => {
    let counts: CheckCounts = [];
    for (const minute of [0, 1, 4, 5, 30]) counts = addChecks(counts, 2, after(minute * MINUTE_MS));
    expect(counts.map(({ checks }) => checks)).toEqual([6, 2, 2]);
    expect([30, 59, 60, 64, 65, 95].map((minute) => checksOf(counts, after(minute * MINUTE_MS)))).toEqual([
      10, 10, 4, 4, 2, 0,
    ]);
  });

  it("keeps the checks when the clock is set back", () => {
    const counts = addChecks([], 7, after(600 * MINUTE_MS));
    expect(checksOf(addChecks(counts, 1, NOW), NOW)).toBe(8);
    expect(checksOf(addChecks(addChecks(counts, 1, NOW), 0, after(60 * MINUTE_MS)), after(60 * MINUTE_MS))).toBe(0);
  });

  it("never counts more than the checks of an hour, and never keeps more than 12 slots", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 50 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (list) => {
        let counts: CheckCounts = [];
        let minute = 0;
        const began: [number, number][] = [];
        for (const [pause, checks] of list) {
          minute += pause;
          began.push([minute, checks]);
          counts = addChecks(counts, checks, after(minute * MINUTE_MS));
          const within = (most: number): number =>
            began.reduce((sum, [at, count]) => (minute - at < most ? sum + count : sum), 0);
          expect(counts.length).toBeLessThanOrEqual(12);
          expect(checksOf(counts, after(minute * MINUTE_MS))).toBeLessThanOrEqual(within(60));
          expect(checksOf(counts, after(minute * MINUTE_MS))).toBeGreaterThanOrEqual(within(55));
        }
      }),
    );
  });
});
