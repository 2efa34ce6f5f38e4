import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf, offsetMs, wallMs } from "../../src/token/zone.ts";

const HOUR = 3_600_000;
const wall = (text: string): number => Date.parse(`${text}Z`);
const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kathmandu"];

describe("what the clocks of a zone show", () => {
  it.each([
    ["2026-11-22T08:00:00.123Z", "UTC", "2026-11-22T08:00:00.123"],
    ["2026-11-22T23:30:00Z", "Europe/Berlin", "2026-11-23T00:30:00"],
    ["2026-07-01T00:00:00Z", "Asia/Kathmandu", "2026-07-01T05:45:00"],
    ["1969-12-31T23:59:59.999Z", "UTC", "1969-12-31T23:59:59.999"],
  ])("at %s in %s is %s", (at, zone, shown) => {
    expect(wallMs(Date.parse(at), zone)).toBe(wall(shown));
  });

  it("is ahead of UTC by the offset of that day", () => {
    expect(offsetMs(Date.parse("2026-01-01T00:00:00Z"), "Europe/Berlin")).toBe(HOUR);
    expect(offsetMs(Date.parse("2026-07-01T00:00:00Z"), "Europe/Berlin")).toBe(2 * HOUR);
  });
});

describe("the instant of what clocks show", () => {
  it.each([
    ["2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25T00:30:00.000Z", "the first of two"],
    ["2026-11-01T01:30:00", "America/New_York", "2026-11-01T05:30:00.000Z", "the first of two, west of UTC"],
    ["2026-04-05T01:45:00", "Australia/Lord_Howe", "2026-04-04T14:45:00.000Z", "the first of two, half an hour apart"],
    ["2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T01:30:00.000Z", "as long after the gap"],
    ["2026-03-08T02:30:00", "America/New_York", "2026-03-08T07:30:00.000Z", "as long after the gap, west of UTC"],
    ["2026-03-29T03:00:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z", "the end of the gap"],
    ["2026-03-28T09:00:00", "Europe/Berlin", "2026-03-28T08:00:00.000Z", "the day before a change"],
    ["2026-03-30T09:00:00", "Europe/Berlin", "2026-03-30T07:00:00.000Z", "the day after a change"],
  ])("%s in %s is %s: %s", (shown, zone, at) => {
    expect(new Date(instantOf(wall(shown), zone)).toISOString()).toBe(at);
  });

  it("is shown as it was asked for, or comes earlier because it is shown twice", () => {
    const anInstant = fc.date({ min: new Date("2000-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(anInstant, fc.constantFrom(...ZONES), (at, zone) => {
        const shown = wallMs(at.getTime(), zone);
        const back = instantOf(shown, zone);
        expect(wallMs(back, zone)).toBe(shown);
        expect([0, HOUR / 2, HOUR]).toContain(at.getTime() - back);
      }),
    );
  });
});
