import { expect, it } from "vitest";
import { pacificTime } from "../../../sandbox/graph/pacific-time.ts";

it.each([
  ["2026-11-04T07:00:00Z", "Tuesday, 03-Nov-26 23:00:00 PST"],
  ["2026-07-29T19:05:09Z", "Wednesday, 29-Jul-26 12:05:09 PDT"],
  ["2026-11-22T08:00:00Z", "Sunday, 22-Nov-26 00:00:00 PST"],
])("%s is written %s", (at, text) => {
  expect(pacificTime(new Date(at))).toBe(text);
});
