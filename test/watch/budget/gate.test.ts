import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRollingHour } from "../../../tools/simulate/rolling-hour.ts";
import { createGate } from "../../../src/watch/budget/gate.ts";
import { after } from "../../support/builders.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const APP = "100000000000042";

/** A gate with a clock of its own. */
const aGate = () => {
  const clock = { ms: 0 };
  return { clock, gate: createGate(() => after(clock.ms)) };
};

describe("the gate of a Meta app", () => {
  it("lets everything through until Graph reports a share", () => {
    const { gate } = aGate();
    expect(gate.allowed(APP)).toBe(Infinity);
    gate.begin(APP, 100);
    gate.answered(APP, { percent: null, waitMs: null });
    expect(gate.allowed(APP)).toBe(Infinity);
    expect(gate.limited(1_000)).toEqual(new Map());
  });

  it("asks nothing during a pause, and one thing after it", () => {
    const { gate, clock } = aGate();
    gate.begin(APP, 3);
    gate.answered(APP, { percent: 100, waitMs: 19 * MINUTE_MS });
    for (let check = 0; check < 3; check++) gate.end(APP);
    expect(gate.limited(10)).toEqual(new Map([[APP, 0]]));
    clock.ms = 19 * MINUTE_MS - 1;
    expect(gate.allowed(APP)).toBe(0);
    clock.ms++;
    expect(gate.allowed(APP)).toBe(1);
    gate.begin(APP, 1);
    expect(gate.allowed(APP)).toBe(0);
    // The check ended without an answer of Graph, so the next one tries.
    gate.end(APP);
    expect(gate.allowed(APP)).toBe(1);
    gate.answered(APP, { percent: 3, waitMs: null });
    expect(gate.allowed(APP)).toBeGreaterThan(1);
    expect(gate.limited(1)).toEqual(new Map());
  });

  it("counts as not shared only checks of the last hour, after any time far below the limit", () => {
    const { gate, clock } = aGate();
    for (let hour = 0; hour < 10; hour++) {
      clock.ms = hour * HOUR_MS;
      gate.begin(APP, 100);
      gate.end(APP, 100);
    }
    expect(gate.account(APP)).toMatchObject({ unshared: 100 });
    clock.ms += HOUR_MS;
    expect(gate.account(APP)).toMatchObject({ unshared: 0 });
  });

  it("lets each app have its own limit", () => {
    const { gate } = aGate();
    gate.answered("1", { percent: 100, waitMs: MINUTE_MS });
    gate.answered("2", { percent: 1, waitMs: null });
    expect(gate.allowed("1")).toBe(0);
    expect(gate.allowed("2")).toBeGreaterThan(0);
  });

  it("saves up checks for at most five minutes at a reduced pace", () => {
    const { gate, clock } = aGate();
    gate.begin(APP, 7_500);
    for (let check = 0; check < 7_500; check++) gate.end(APP);
    gate.answered(APP, { percent: 75, waitMs: null });
    // 10,000 an hour.
    expect(gate.allowed(APP)).toBe(0);
    clock.ms = 36_000;
    expect(gate.allowed(APP)).toBe(100);
    gate.begin(APP, 60);
    expect(gate.allowed(APP)).toBe(40);
    clock.ms = 30 * MINUTE_MS;
    expect(gate.allowed(APP)).toBe(840);
  });

  it.each([
    ["set back by a day", -24 * HOUR_MS],
    ["set ahead by a day", 24 * HOUR_MS],
    ["set back by a minute", -MINUTE_MS],
    ["set ahead by half an hour", HOUR_MS / 2],
  ])("with a clock that is %s during a pause, neither waits longer nor asks more than once", (_name, jumpMs) => {
    const { gate, clock } = aGate();
    gate.begin(APP, 500);
    for (let check = 0; check < 500; check++) gate.end(APP);
    gate.answered(APP, { percent: 100, waitMs: 15 * MINUTE_MS });
    clock.ms = 5 * MINUTE_MS + jumpMs;
    expect(gate.allowed(APP)).toBeLessThanOrEqual(1);
    clock.ms += 15 * MINUTE_MS;
    expect(gate.allowed(APP)).toBe(1);
  });

  it.each([
    ["set back by a day", -24 * HOUR_MS],
    ["set ahead by a day", 24 * HOUR_MS],
    ["set ahead by half an hour", HOUR_MS / 2],
  ])("with a clock that is %s at a reduced pace, checks neither stop nor burst", (_name, jumpMs) => {
    const { gate, clock } = aGate();
    gate.begin(APP, 160);
    for (let check = 0; check < 160; check++) gate.end(APP);
    gate.answered(APP, { percent: 80, waitMs: null });
    clock.ms += jumpMs;
    expect(gate.allowed(APP)).toBeLessThanOrEqual(12);
    clock.ms += 5 * MINUTE_MS;
    expect(gate.allowed(APP)).toBeGreaterThanOrEqual(1);
    expect(gate.allowed(APP)).toBeLessThanOrEqual(12);
  });

  it("never asks over the limit, and uses most of it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 3_000 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 5 }),
        (limit, atOnce, hours) => {
          const { gate, clock } = aGate();
          const graph = createRollingHour(limit);
          let calls = 0;
          for (let minute = 0; minute < hours * 60; minute++) {
            // A round: as many checks beside each other as the gate allows, until it allows no more.
            for (;;) {
              const checks = Math.min(atOnce, gate.allowed(APP));
              if (checks === 0) break;
              gate.begin(APP, checks);
              for (let check = 0; check < checks; check++) {
                gate.answered(APP, graph.call(clock.ms));
                calls++;
                gate.end(APP);
              }
              clock.ms += 150;
            }
            clock.ms = (minute + 1) * MINUTE_MS;
          }
          expect(graph.over()).toBe(0);
          expect(calls).toBeGreaterThan(limit * hours * 0.6);
        },
      ),
      { numRuns: 30 },
    );
  });
});
