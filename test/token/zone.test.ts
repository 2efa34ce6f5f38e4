import { describe, expect, it } from "vitest";
import { offsetMs, zonedAt } from "../../src/token/zone.ts";

const HOUR = 3_600_000;

describe("what the clocks of a zone show", () => {
  it.each([
    ["2026-11-22T08:00:00.123Z", "UTC", "2026-11-22T08:00:00.123"],
    ["2026-11-22T23:30:00Z", "Europe/Berlin", "2026-11-23T00:30:00"],
    ["2026-07-01T00:00:00Z", "Asia/Kathmandu", "2026-07-01T05:45:00"],
    ["1969-12-31T23:59:59.999Z", "UTC", "1969-12-31T23:59:59.999"],
    // Clocks skip an hour or half an hour.
    ["2026-03-29T00:59:59.999Z", "Europe/Berlin", "2026-03-29T01:59:59.999"],
    ["2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29T03:00:00"],
    ["2026-03-08T07:00:00Z", "America/New_York", "2026-03-08T03:00:00"],
    ["2026-10-03T15:30:00Z", "Australia/Lord_Howe", "2026-10-04T02:30:00"],
    // Clocks show the same time twice.
    ["2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25T02:30:00"],
    ["2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-25T02:30:00"],
    ["2026-11-01T06:30:00Z", "America/New_York", "2026-11-01T01:30:00"],
    ["2026-04-04T15:15:00Z", "Australia/Lord_Howe", "2026-04-05T01:45:00"],
  ])("at %s in %s is %s", (at, zone, shown) => {
    expect(zonedAt(Date.parse(at), zone).toPlainDateTime().toString()).toBe(shown);
  });

  it("is ahead of UTC by the offset of that day", () => {
    expect(offsetMs(Date.parse("2026-01-01T00:00:00Z"), "Europe/Berlin")).toBe(HOUR);
    expect(offsetMs(Date.parse("2026-07-01T00:00:00Z"), "Europe/Berlin")).toBe(2 * HOUR);
  });
});
