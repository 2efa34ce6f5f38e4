import { describe, expect, it } from "vitest";
import { readSnoozeTime, snoozeTimes, tomorrowMorning } from "../../../../src/slack/messages/alert/snooze-times.ts";
import { NOW } from "../../../support/builders.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("tomorrow at nine", () => {
  it.each([
    ["2026-11-22T08:00:00Z", "UTC", "2026-11-23T09:00:00.000Z", "an ordinary day"],
    ["2026-11-22T23:59:59.999Z", "UTC", "2026-11-23T09:00:00.000Z", "just before midnight"],
    ["2026-11-23T00:00:00Z", "UTC", "2026-11-24T09:00:00.000Z", "just after midnight"],
    ["2026-11-22T23:30:00Z", "Europe/Berlin", "2026-11-24T08:00:00.000Z", "where the next day has begun"],
    ["2026-03-28T12:00:00Z", "Europe/Berlin", "2026-03-29T07:00:00.000Z", "over the lost hour"],
    ["2026-03-29T00:30:00Z", "Europe/Berlin", "2026-03-30T07:00:00.000Z", "in the night of the lost hour"],
    ["2026-10-24T12:00:00Z", "Europe/Berlin", "2026-10-25T08:00:00.000Z", "over the hour that comes twice"],
    ["2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-26T08:00:00.000Z", "in the first of the two hours"],
    ["2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-26T08:00:00.000Z", "in the second of the two hours"],
    ["2026-03-07T17:00:00Z", "America/New_York", "2026-03-08T13:00:00.000Z", "west of UTC, over the lost hour"],
    ["2026-11-01T03:00:00Z", "America/New_York", "2026-11-01T14:00:00.000Z", "west of UTC, over the second hour"],
    ["2026-04-04T12:00:00Z", "Australia/Lord_Howe", "2026-04-04T22:30:00.000Z", "where half an hour comes twice"],
    ["2026-11-22T08:00:00Z", "Pacific/Chatham", "2026-11-22T19:15:00.000Z", "at an offset of 13:45"],
    ["2026-12-31T12:00:00Z", "UTC", "2027-01-01T09:00:00.000Z", "over the new year"],
    ["2028-02-28T12:00:00Z", "UTC", "2028-02-29T09:00:00.000Z", "before a leap day"],
    ["2011-12-29T20:00:00Z", "Pacific/Apia", "2011-12-30T19:00:00.000Z", "where tomorrow was left out"],
  ])("from %s in %s is %s: %s", (now, timezone, morning) => {
    expect(tomorrowMorning(new Date(now), timezone).toISOString()).toBe(morning);
  });
});

describe("the times to choose from", () => {
  it("are an hour, tomorrow at nine, three days and a week", () => {
    expect(snoozeTimes(NOW, "Europe/Berlin")).toEqual([
      { text: "1 hour", value: "1h" },
      { text: "Until tomorrow, 23 Nov 2026, 09:00 CET", value: "2026-11-23T08:00:00.000Z" },
      { text: "3 days", value: "3d" },
      { text: "7 days", value: "7d" },
    ]);
  });

  it.each([
    ["2026-03-28T12:00:00Z", "the lost hour"],
    ["2026-10-24T12:00:00Z", "the hour that comes twice"],
  ])("count the hours that pass, from %s over %s", (text) => {
    const now = new Date(text);
    const ends = snoozeTimes(now, "Europe/Berlin").map(({ value }) => readSnoozeTime(value, now)?.getTime() ?? 0);
    expect(ends.map((end) => end - now.getTime()).toSpliced(1, 1)).toEqual([HOUR, 3 * DAY, 7 * DAY]);
    expect(ends[1]).toBe(tomorrowMorning(now, "Europe/Berlin").getTime());
  });

  it("keep the shown morning when the form is sent after midnight", () => {
    const [, morning] = snoozeTimes(new Date("2026-11-22T23:59:00Z"), "UTC");
    const sent = new Date("2026-11-23T00:01:00Z");
    expect(readSnoozeTime(morning?.value, sent)).toEqual(new Date("2026-11-23T09:00:00Z"));
  });

  it.each([undefined, "", "2h", "toString", "__proto__", "tomorrow", "2026-13-45T00:00:00Z", "1e9"])(
    "are not %j",
    (value) => {
      expect(readSnoozeTime(value, NOW)).toBeUndefined();
    },
  );
});
