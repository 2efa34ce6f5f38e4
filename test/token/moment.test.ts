import { describe, expect, it } from "vitest";
import { utcText } from "../../src/token/moment.ts";

describe("an instant for people whose time zone is not known", () => {
  it.each([
    ["2026-11-27T08:00:00.000Z", "2026-11-27 08:00 UTC"],
    ["2026-11-27T08:00:59.999Z", "2026-11-27 08:00 UTC"],
    ["2026-12-31T23:59:00.000Z", "2026-12-31 23:59 UTC"],
    ["2027-03-28T01:30:00+01:00", "2027-03-28 00:30 UTC"],
    ["1970-01-01T00:00:01.000Z", "1970-01-01 00:00 UTC"],
    ["9999-12-31T23:59:59.000Z", "9999-12-31 23:59 UTC"],
  ])("%s is %s", (at, text) => {
    expect(utcText(new Date(at))).toBe(text);
  });
});
