import { expect, it } from "vitest";
import { createClock } from "../../../../sandbox/clock.ts";
import { createMoments } from "../../../../sandbox/page/server/time/moment.ts";

const START = new Date("2026-11-24T08:00:00Z");

it.each([
  ["at once", [0], 1],
  ["in the same second", [400], 1],
  ["later, in whole seconds", [28_001], 29],
  ["after several waits", [5_000, 24_000], 29],
  ["after a minute", [60_000], 60],
  ["after a long break, which is no reason to skip a check of the bot", [3 * 3_600_000], 60],
  ["a moment after a long break", [3_600_000, 200], 61],
])("an action %s moves the clock by the real time that passed", (_, waitsMs, seconds) => {
  let realMs = 500;
  const clock = createClock(START);
  const pass = createMoments(clock, () => realMs);
  for (const waitMs of waitsMs) {
    realMs += waitMs;
    pass();
  }
  expect(clock.now().getTime() - START.getTime()).toBe(seconds * 1_000);
});

it("a journey of the clock counts as passed time", () => {
  let realMs = 0;
  const clock = createClock(START);
  const pass = createMoments(clock, () => realMs);
  realMs = 40_000;
  clock.advance(3_600_000);
  realMs = 41_000;
  pass();
  expect(clock.now()).toEqual(new Date("2026-11-24T09:00:01Z"));
});
