import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WEEKDAYS } from "../../src/token/zone.ts";
import { type QuietRules, quietUntil } from "../../src/outbox/quiet.ts";

const DAY = 86_400_000;

const rules = (hours: string | undefined, days: QuietRules["days"] = [], timezone = "UTC"): QuietRules => {
  const [from = 0, to = 0] = (hours ?? "")
    .split("-")
    .map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return { hours: hours === undefined ? undefined : { fromMinute: from, toMinute: to }, days, timezone };
};
const until = (given: QuietRules | undefined, at: string): string | null =>
  quietUntil(given, new Date(at))?.toISOString() ?? null;

const nights = rules("22:00-07:00", ["sat", "sun"]);
const berlin = (hours: string | undefined, days: QuietRules["days"] = []) => rules(hours, days, "Europe/Berlin");

describe("quiet hours", () => {
  // 22 November 2026 is a Sunday.
  it.each<[string, QuietRules | undefined, string, string | null]>([
    ["without rules", undefined, "2026-11-22T03:00:00Z", null],
    ["before they begin", nights, "2026-11-24T21:59:59.999Z", null],
    ["when they begin", nights, "2026-11-24T22:00:00Z", "2026-11-25T07:00:00.000Z"],
    ["past midnight", nights, "2026-11-25T03:00:00.500Z", "2026-11-25T07:00:00.000Z"],
    ["just before they end", nights, "2026-11-25T06:59:59.999Z", "2026-11-25T07:00:00.000Z"],
    ["when they end", nights, "2026-11-25T07:00:00Z", null],
    ["from Friday night over the weekend", nights, "2026-11-20T22:00:00Z", "2026-11-23T07:00:00.000Z"],
    ["on a quiet day at noon", nights, "2026-11-21T12:00:00Z", "2026-11-23T07:00:00.000Z"],
    ["on a quiet day without quiet hours", rules(undefined, ["sun"]), "2026-11-22T12:00Z", "2026-11-23T00:00:00.000Z"],
    ["within a day", rules("12:00-13:30"), "2026-11-24T13:00:00Z", "2026-11-24T13:30:00.000Z"],
    ["until midnight", rules("20:00-00:00"), "2026-11-24T23:00:00Z", "2026-11-25T00:00:00.000Z"],
    ["from midnight", rules("00:00-06:00"), "2026-11-24T00:00:00Z", "2026-11-24T06:00:00.000Z"],
    ["in a zone where it is night already", berlin("22:00-07:00"), "2026-11-24T21:30Z", "2026-11-25T06:00:00.000Z"],
    [
      "on a day that has begun in the zone",
      berlin(undefined, ["sun"]),
      "2026-11-21T23:30Z",
      "2026-11-22T23:00:00.000Z",
    ],
    [
      "all but one day of the week",
      rules(undefined, WEEKDAYS.slice(1)),
      "2026-11-23T00:00Z",
      "2026-11-29T00:00:00.000Z",
    ],
    ["all but a minute a day", rules("00:01-00:00"), "2026-11-24T00:01:00Z", "2026-11-25T00:00:00.000Z"],
    // The clock goes from 02:00 to 03:00 on 29 March 2026.
    ["over the skipped hour", berlin("22:00-07:00"), "2026-03-28T22:00:00Z", "2026-03-29T05:00:00.000Z"],
    ["with an end in the skipped hour", berlin("01:00-02:30"), "2026-03-29T00:30:00Z", "2026-03-29T01:00:00.000Z"],
    ["with a start in the skipped hour", berlin("02:30-04:00"), "2026-03-29T01:00:00Z", "2026-03-29T02:00:00.000Z"],
    ["that are the skipped hour", berlin("02:00-03:00"), "2026-03-29T01:00:00Z", null],
    ["on all hours but the skipped one", berlin("03:00-02:00"), "2026-03-28T12:00Z", "2026-03-30T00:00:00.000Z"],
    // The clock goes from 03:00 back to 02:00 on 25 October 2026.
    ["over the repeated hour", berlin("22:00-07:00"), "2026-10-24T20:00:00Z", "2026-10-25T06:00:00.000Z"],
    [
      "that end in the repeated hour, the first time",
      berlin("01:00-02:30"),
      "2026-10-25T00:10:00Z",
      "2026-10-25T00:30:00.000Z",
    ],
    [
      "that end in the repeated hour, the second time",
      berlin("01:00-02:30"),
      "2026-10-25T01:10:00Z",
      "2026-10-25T01:30:00.000Z",
    ],
    ["between the two ends in the repeated hour", berlin("01:00-02:30"), "2026-10-25T00:40:00Z", null],
    ["that end after the repeated hour", berlin("01:00-03:00"), "2026-10-25T00:10:00Z", "2026-10-25T02:00:00.000Z"],
    ["on a quiet day of 25 hours", berlin(undefined, ["sun"]), "2026-10-24T22:00:00Z", "2026-10-25T23:00:00.000Z"],
  ])("%s", (_, given, at, expected) => {
    expect(until(given, at)).toBe(expected);
  });

  it("that never end do not count", () => {
    expect(until(rules(undefined, WEEKDAYS), "2026-11-22T08:00:00Z")).toBeNull();
  });
});

describe("the end of a quiet time", () => {
  const minute = fc.integer({ min: 0, max: 1_439 });
  const hours = fc.tuple(minute, minute).filter(([from, to]) => from !== to);
  const someRules = fc.record({
    hours: fc.option(
      hours.map(([fromMinute, toMinute]) => ({ fromMinute, toMinute })),
      { nil: undefined },
    ),
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { maxLength: 6 }),
    timezone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"),
  });
  // Also around clock changes.
  const instant = fc
    .oneof(
      fc
        .constantFrom("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-04", "2026-10-03")
        .chain((day) => fc.integer({ min: -2 * DAY, max: 2 * DAY }).map((ms) => Date.parse(day) + ms)),
      fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2035-01-01") }),
    )
    .map((ms) => new Date(ms));

  it("lies ahead and is not quiet, but every instant before it is", () => {
    fc.assert(
      fc.property(someRules, instant, fc.double({ min: 0, max: 1, noNaN: true }), (given, at, part) => {
        const end = quietUntil(given, at);
        if (end === null) return;
        expect(end.getTime()).toBeGreaterThan(at.getTime());
        expect(quietUntil(given, end)).toBeNull();
        const between = new Date(at.getTime() + Math.floor((end.getTime() - at.getTime() - 1) * part));
        expect(quietUntil(given, between)).toEqual(end);
      }),
    );
  });

  it("never comes earlier for a later instant", () => {
    fc.assert(
      fc.property(someRules, instant, fc.integer({ min: 0, max: 3 * DAY }), (given, at, ms) => {
        const later = new Date(at.getTime() + ms);
        const end = (one: Date): number => (quietUntil(given, one) ?? one).getTime();
        expect(end(later)).toBeGreaterThanOrEqual(end(at));
      }),
    );
  });
});
