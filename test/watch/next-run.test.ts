import { describe, expect, it } from "vitest";
import { nextRun } from "../../src/watch/next-run.ts";

/** The next matching instants, in order. */
const runs = (expression: string, timezone: string, after: string, count: number): readonly string[] => {
  const found: string[] = [];
  let at: Date | null = new Date(after);
  while (found.length < count) {
    at = nextRun(expression, timezone, at);
    if (at === null) break;
    found.push(at.toISOString().replace(":00.000Z", "Z"));
  }
  return found;
};

describe("the next run of a schedule", () => {
  it.each([
    ["* * * * *", "UTC", "2026-11-22T08:00Z", ["2026-11-22T08:01Z", "2026-11-22T08:02Z"]],
    ["*/10 * * * * *", "UTC", "2026-11-22T08:00:45Z", ["2026-11-22T08:00:50.000Z", "2026-11-22T08:01Z"]],
    ["0 9 * * 1", "Europe/Berlin", "2026-11-22T08:00Z", ["2026-11-23T08:00Z", "2026-11-30T08:00Z"]],
    ["0 9 * * mon", "Asia/Kolkata", "2026-11-22T08:00Z", ["2026-11-23T03:30Z"]],
    ["30 23 31 12 *", "Pacific/Auckland", "2026-11-22T08:00Z", ["2026-12-31T10:30Z", "2027-12-31T10:30Z"]],
    ["0 0 L * *", "UTC", "2026-11-22T08:00Z", ["2026-11-30T00:00Z", "2026-12-31T00:00Z"]],
    ["@daily", "UTC", "2026-11-22T08:00Z", ["2026-11-23T00:00Z"]],
    ["0 0 29 2 1", "UTC", "2026-11-22T08:00Z", ["2044-02-29T00:00Z", "2072-02-29T00:00Z"]],
  ])("%s in %s after %s is %j", (expression, timezone, after, expected) => {
    expect(runs(expression, timezone, after, expected.length)).toEqual(expected);
  });

  it("is after the given instant, even when that instant matches", () => {
    expect(nextRun("0 9 * * *", "UTC", new Date("2026-11-22T09:00:00.000Z"))).toEqual(new Date("2026-11-23T09:00Z"));
    expect(nextRun("0 9 * * *", "UTC", new Date("2026-11-22T08:59:59.999Z"))).toEqual(new Date("2026-11-22T09:00Z"));
  });

  it.each([
    [
      "every minute still runs every minute",
      "* * * * *",
      "2026-03-29T00:59Z",
      ["2026-03-29T01:00Z", "2026-03-29T01:01Z"],
    ],
    [
      "a skipped time runs an hour later",
      "30 2 * * *",
      "2026-03-28T12:00Z",
      ["2026-03-29T01:30Z", "2026-03-30T00:30Z"],
    ],
  ])("clocks set forward: %s", (_what, expression, after, expected) => {
    expect(runs(expression, "Europe/Berlin", after, expected.length)).toEqual(expected);
  });

  it.each([
    ["Europe/Berlin", "2026-10-24T23:30Z"],
    ["America/New_York", "2026-11-01T04:30Z"],
    ["Australia/Lord_Howe", "2026-04-04T13:30Z"],
  ])("clocks set back in %s: every minute still runs every minute", (timezone, after) => {
    const from = new Date(after).getTime();
    const minutes = runs("* * * * *", timezone, after, 180).map((at) => (new Date(at).getTime() - from) / 60_000);
    expect(minutes).toEqual(Array.from({ length: 180 }, (_, index) => index + 1));
  });

  it("clocks set back: a repeated time of day runs only the first time", () => {
    expect(runs("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00Z", 2)).toEqual([
      "2026-10-25T00:30Z",
      "2026-10-26T01:30Z",
    ]);
  });

  it("clocks set forward by half an hour: a skipped time runs half an hour later", () => {
    expect(runs("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00Z", 2)).toEqual([
      "2026-10-03T15:45Z",
      "2026-10-04T15:15Z",
    ]);
  });

  it.each([
    ["every minute", "UTC"],
    ["0 0 30 2 *", "UTC"],
    ["* * * * *", "Mars/Olympus"],
  ])("%s in %s is refused", (expression, timezone) => {
    expect(() => nextRun(expression, timezone, new Date("2026-11-22T08:00Z"))).toThrow(/\w+/);
  });
});
