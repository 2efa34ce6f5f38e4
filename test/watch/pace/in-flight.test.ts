import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInFlight, type EndedInspection, type InFlight } from "../../../src/watch/pace/in-flight.ts";

/** Reports as many inspections as the limit, `windows` times. Returns the limit after each time. */
const report = (inFlight: InFlight, windows: number, of: (index: number) => Partial<EndedInspection>): number[] =>
  Array.from({ length: windows }, () => {
    for (let left = inFlight.limit(), index = 0; index < left; index++)
      inFlight.ended({ ms: 150, isOverloaded: false, ...of(index) });
    return inFlight.limit();
  });

describe("the inspections in flight", () => {
  it("begin with ten, and double while the latency stays the same, up to the maximum", () => {
    const inFlight = createInFlight(100);
    expect(inFlight.limit()).toBe(10);
    expect(report(inFlight, 5, () => ({}))).toEqual([20, 40, 80, 100, 100]);
  });

  it("begin with the maximum when it is lower", () => {
    const inFlight = createInFlight(3);
    expect([inFlight.limit(), ...report(inFlight, 2, () => ({ isOverloaded: true }))]).toEqual([3, 3, 3]);
  });

  it.each([
    ["stay when the latency grows a little", { ms: 350 }, [80, 80]],
    ["shrink when the latency doubles", { ms: 450 }, [60, 45]],
    ["halve when Graph is overloaded", { isOverloaded: true }, [40, 20]],
    ["grow again by a tenth after a setback", {}, [66, 73]],
  ])("%s", (_, inspection, limits) => {
    const inFlight = createInFlight(100);
    report(inFlight, 3, () => ({}));
    if (limits[0] === 66) report(inFlight, 1, () => ({ ms: 450 }));
    expect(report(inFlight, 2, () => inspection)).toEqual(limits);
  });

  it("shrink when a tenth of the inspections meets an overload, and not when fewer do", () => {
    const [some, few] = [createInFlight(100), createInFlight(100)];
    report(some, 3, () => ({}));
    report(few, 3, () => ({}));
    expect(report(some, 1, (index) => ({ isOverloaded: index < 8 }))).toEqual([40]);
    expect(report(few, 1, (index) => ({ isOverloaded: index < 7 }))).toEqual([100]);
  });

  it("do not depend on one that hangs", () => {
    const inFlight = createInFlight(100);
    expect(report(inFlight, 4, (index) => ({ ms: index === 0 ? 40_000 : 150 }))).toEqual([20, 40, 80, 100]);
  });

  it("do not count latencies of a few milliseconds", () => {
    const inFlight = createInFlight(100);
    report(inFlight, 1, () => ({ ms: 1 }));
    expect(report(inFlight, 3, () => ({ ms: 40 }))).toEqual([40, 80, 100]);
  });

  it("shrink to ten when Graph answers ever slower, and recover when it is fast again", () => {
    const inFlight = createInFlight(1_000);
    report(inFlight, 7, () => ({}));
    expect(inFlight.limit()).toBe(1_000);
    let ms = 150;
    report(inFlight, 40, (index) => ({ ms: index === 0 ? (ms *= 1.3) : ms }));
    expect(inFlight.limit()).toBe(10);
    report(inFlight, 60, () => ({}));
    expect(inFlight.limit()).toBeGreaterThan(500);
  });

  it("grow again when the network became slower for good", () => {
    const inFlight = createInFlight(100);
    report(inFlight, 4, () => ({}));
    expect(Math.min(...report(inFlight, 30, () => ({ ms: 600 })))).toBeLessThan(25);
    expect(report(inFlight, 60, () => ({ ms: 600 })).at(-1)).toBe(100);
  });

  it("stay between ten and the maximum, whatever happens", () => {
    const inspections = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 120_000 }), isOverloaded: fc.boolean() }), {
      maxLength: 2_000,
    });
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1_000 }), inspections, (most, all) => {
        const inFlight = createInFlight(most);
        for (const one of all) {
          inFlight.ended(one);
          expect(inFlight.limit()).toSatisfy(
            (limit: number) => limit >= 10 && limit <= most && Number.isInteger(limit),
          );
        }
      }),
    );
  });

  it("end at ten after enough overloads, whatever happened before", () => {
    const inspections = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 5_000 }), isOverloaded: fc.boolean() }));
    fc.assert(
      fc.property(inspections, (all) => {
        const inFlight = createInFlight(1_000);
        for (const one of all) inFlight.ended(one);
        expect(report(inFlight, 12, () => ({ isOverloaded: true })).at(-1)).toBe(10);
      }),
    );
  });
});
