import { expect, it } from "vitest";
import { walk } from "./walk.ts";

/** `npm run soak -- --walks N` runs many more. */
const WALKS = 75;
/** Walks that once found a bug. */
const FAULTS = [2_779];

it("a random walk with every kind of fault ends, loses nothing and shows nothing outdated", async () => {
  const bad: string[] = [];
  const totals = { calls: 0, crashes: 0, lostAnswers: 0, stumbles: 0, stalls: 0 };
  for (const seed of [...FAULTS, ...Array.from({ length: WALKS }, (_, index) => index + 1)]) {
    const { problems, calls, crashes, lostAnswers, stumbles, stalls } = await walk(seed);
    bad.push(...problems.map((problem) => `walk ${seed}: ${problem}`));
    totals.calls += calls;
    totals.crashes += crashes;
    totals.lostAnswers += lostAnswers;
    totals.stumbles += stumbles;
    totals.stalls += stalls;
  }
  expect(bad).toEqual([]);
  // A walk without trouble would prove little.
  expect(totals.calls).toBeGreaterThan(WALKS * 10);
  expect(Math.min(totals.crashes, totals.lostAnswers, totals.stumbles, totals.stalls)).toBeGreaterThan(WALKS / 10);
}, 120_000);
