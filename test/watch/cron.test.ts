import { createTask } from "node-cron";
import { describe, expect, it } from "vitest";
import { readCron } from "../../src/watch/cron.ts";

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse("2026-12-01T00:00:00Z") / DAY_MS;
/** Holds a leap day. */
const DAYS = Array.from({ length: 500 }, (_, index) => FIRST_DAY + index);

describe("the days of an expression are node-cron's own", () => {
  it.each([
    "* * *",
    "*/3 * *",
    "1-7 * 1",
    "29 2 *",
    "* jan,jul *",
    "* * mon-fri",
    "13 * 5",
    "L * *",
    "15W * *",
    "* * 1#2",
  ])("%s", (days) => {
    const task = createTask(`0 0 ${days}`, () => undefined, { timezone: "UTC" });
    const cron = readCron(`30 9 ${days}`);
    expect(DAYS.filter(cron.matchesDay)).toEqual(DAYS.filter((day) => task.match(new Date(day * DAY_MS))));
    void task.destroy();
  });
});

it("an expression is parsed once, and an invalid one is refused each time", () => {
  expect(readCron("7 7 7 7 *")).toBe(readCron("7 7 7 7 *"));
  for (const _ of [1, 2]) expect(() => readCron("every minute")).toThrow();
});
