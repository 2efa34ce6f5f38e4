import { describe, expect, it } from "vitest";
import { ageMs, isTooFarAhead, isWaiting, latestWritten, notAfter } from "../../src/token/set-back.ts";
import { after, NOW } from "../support/builders.ts";

const DAY = 86_400_000;
const LONGEST = 60_000;

describe("a stored time under a clock that may have been set back", () => {
  it.each([
    { name: "long ago", ms: -DAY, counts: -DAY, age: DAY, waits: false, far: false },
    { name: "just before now", ms: -1, counts: -1, age: 1, waits: false, far: false },
    { name: "now", ms: 0, counts: 0, age: 0, waits: false, far: false },
    { name: "just after now", ms: 1, counts: 0, age: Infinity, waits: true, far: false },
    { name: "the longest time ahead", ms: LONGEST, counts: 0, age: Infinity, waits: true, far: false },
    { name: "longer ahead than possible", ms: LONGEST + 1, counts: 0, age: Infinity, waits: false, far: true },
    { name: "a day ahead", ms: DAY, counts: 0, age: Infinity, waits: false, far: true },
  ])("$name", ({ ms, counts, age, waits, far }) => {
    expect(notAfter(after(ms), NOW)).toEqual(after(counts));
    expect(ageMs(after(ms), NOW)).toBe(age);
    expect(isWaiting(after(ms), NOW, LONGEST)).toBe(waits);
    expect(isTooFarAhead(after(ms), NOW, LONGEST)).toBe(far);
    // The same in milliseconds.
    const [at, now] = [after(ms).getTime(), NOW.getTime()];
    expect(notAfter(at, now)).toBe(now + counts);
    expect(ageMs(at, now)).toBe(age);
    expect(isWaiting(at, now, LONGEST)).toBe(waits);
    expect(isTooFarAhead(at, now, LONGEST)).toBe(far);
  });

  it("has no age when there is none", () => {
    expect(ageMs(null, NOW)).toBe(Infinity);
  });

  it("can be up to five minutes ahead, because the clocks of replicas differ", () => {
    expect(latestWritten(NOW)).toEqual(after(5 * 60_000));
  });
});
