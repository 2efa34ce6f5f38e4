import { describe, expect, it } from "vitest";
import {
  DAY_MS,
  describeInterval,
  describeSpan,
  durationWords,
  HOUR_MS,
  MINUTE_MS,
  parseDuration,
} from "../../src/token/duration.ts";

it.each([
  ["7d", "7 days"],
  ["1d", "1 day"],
  ["36h", "36 hours"],
  ["10s", "10 seconds"],
  ["soon", "soon"],
])("%s in words is %s", (text, words) => {
  expect(durationWords(text)).toBe(words);
});

describe("durations as people write them", () => {
  it.each([
    ["1s", 1_000],
    ["10s", 10_000],
    ["15m", 900_000],
    ["4h", 14_400_000],
    ["30d", 2_592_000_000],
    ["3650d", 315_360_000_000],
    [" 7d ", 604_800_000],
  ])("%s", (text, ms) => {
    expect(parseDuration(text)).toEqual({ text: text.trim(), ms });
  });

  it.each(["", "0s", "10", "d", "1.5h", "-1d", "1w", "1D", "1d2h", "3651d", "9999999999s", "1 d", "٣d"])(
    "%j is none",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each([
    [0, "less than a minute"],
    [59_999, "less than a minute"],
    [MINUTE_MS, "1 minute"],
    [2 * MINUTE_MS, "2 minutes"],
    [HOUR_MS, "1 hour"],
    [23 * HOUR_MS, "23 hours"],
    [4 * HOUR_MS + 48 * MINUTE_MS + 59_999, "4 hours 48 minutes"],
    [-(HOUR_MS + MINUTE_MS), "1 hour 1 minute"],
    [DAY_MS + 90 * MINUTE_MS, "25 hours"],
    [DAY_MS, "1 day"],
    [36 * HOUR_MS, "36 hours"],
    [2 * DAY_MS, "2 days"],
    [5 * DAY_MS + HOUR_MS, "5 days"],
    [-3 * DAY_MS, "3 days"],
  ])("%i ms is %s", (ms, text) => {
    expect(describeSpan(ms)).toBe(text);
  });
});

it.each([
  [MINUTE_MS, "every minute"],
  [26 * MINUTE_MS, "every 26 minutes"],
  [HOUR_MS, "every hour"],
  [90 * MINUTE_MS, "every 1 hour 30 minutes"],
  [11 * HOUR_MS, "every 11 hours"],
  [25 * HOUR_MS, "every 25 hours"],
  [DAY_MS, "every day"],
])("an interval of %d ms is %s", (ms, text) => {
  expect(describeInterval(ms)).toBe(text);
});
