import { describe, expect, it } from "vitest";
import { clock12, type DateViewer, slackDateText } from "../../sandbox/slack-date.ts";

const now = new Date("2026-11-22T23:30:00Z");
const seconds = (text: string): number => Date.parse(text) / 1000;

const viewer = (timeZone: string): DateViewer => ({ timeZone, now, time: (at, secs) => clock12(at, timeZone, secs) });

describe("a Slack date", () => {
  it.each([
    ["UTC", "2026-11-22T08:00:00Z", "today 8:00 AM"],
    ["Asia/Tokyo", "2026-11-22T08:00:00Z", "yesterday 5:00 PM"],
    ["America/New_York", "2026-11-23T08:00:00Z", "tomorrow 3:00 AM"],
    ["UTC", "2026-12-27T09:05:00Z", "Dec 27, 2026 9:05 AM"],
  ])("in %s, %s is %s", (zone, at, expected) => {
    expect(slackDateText(seconds(at), "{date_short_pretty} {time}", "no", viewer(zone))).toBe(expected);
  });

  it.each([
    ["{date}", "November 23, 2026"],
    ["{date_pretty}", "today"],
    ["{date_long}", "Monday, November 23, 2026"],
    ["{date_num}", "2026-11-23"],
    ["{time_secs}", "8:00:05 AM"],
    ["{ago} x", "{ago} x"],
  ])("writes %s as %s", (format, expected) => {
    expect(slackDateText(seconds("2026-11-22T23:00:05Z"), format, "no", viewer("Asia/Tokyo"))).toBe(expected);
  });

  it("shows its fallback when it is invalid", () => {
    expect(slackDateText(Number("x"), "{date}", "some day", viewer("UTC"))).toBe("some day");
  });
});
