import { describe, expect, it } from "vitest";
import { plainTime, slackDate } from "../../../src/slack/kit/moment.ts";

const AT = new Date("2026-11-27T08:00:00.900Z");

describe("instants in Slack", () => {
  it("shows each viewer their own time, and the configured zone where Slack cannot", () => {
    expect(slackDate(AT, "UTC")).toBe("<!date^1795766400^{date_short_pretty} {time}|27 Nov 2026, 08:00 UTC>");
    expect(slackDate(AT, "America/New_York")).toMatch(/\|27 Nov 2026, 03:00 GMT-5>$/);
  });

  it("has plain words for screen readers", () => {
    expect(plainTime(AT, "Europe/Berlin")).toBe("27 Nov 2026, 09:00 CET");
  });

  it("does not fail for an invalid date", () => {
    expect(slackDate(new Date(Number.NaN), "UTC")).toBe("an unreadable date");
  });
});
