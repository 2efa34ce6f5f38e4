import { expect, it } from "vitest";
import { daysBar } from "../../src/words/days-left.ts";

const DAY = 86_400_000;

it.each([
  ["past", -DAY, "░░░░░░░░░░"],
  ["at its end", 0, "░░░░░░░░░░"],
  ["a minute", 60_000, "▓░░░░░░░░░"],
  ["a day", DAY, "▓░░░░░░░░░"],
  ["6 days", 6 * DAY, "▓░░░░░░░░░"],
  ["7 days", 7 * DAY, "▓▓░░░░░░░░"],
  ["23 days", 23 * DAY, "▓▓▓▓░░░░░░"],
  ["30 days", 30 * DAY, "▓▓▓▓▓░░░░░"],
  ["59 days", 59 * DAY, "▓▓▓▓▓▓▓▓▓▓"],
  ["60 days", 60 * DAY, "▓▓▓▓▓▓▓▓▓▓"],
  ["a year", 365 * DAY, "▓▓▓▓▓▓▓▓▓▓"],
])("the bar of %s", (_what, ms, bar) => {
  expect(daysBar(ms)).toBe(bar);
});
