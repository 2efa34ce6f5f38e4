import { expect, it } from "vitest";
import { createClock } from "../../sandbox/clock.ts";

it("stands still until it is moved, and notifies listeners", () => {
  const clock = createClock(new Date("2026-11-22T08:00:00Z"));
  const heard: string[] = [];
  const stop = clock.onChange((now) => heard.push(now.toISOString()));
  expect(clock.now()).toEqual(clock.now());
  clock.advance(60_000);
  clock.set(new Date("2027-01-01T00:00:00Z"));
  stop();
  clock.advance(1);
  expect(heard).toEqual(["2026-11-22T08:01:00.000Z", "2027-01-01T00:00:00.000Z"]);
  expect(clock.now().toISOString()).toBe("2027-01-01T00:00:00.001Z");
});
