import { describe, expect, it } from "vitest";
import { spanMs } from "../../../src/cli/forecast/span.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe("the length of a forecast", () => {
  it.each([
    ["1m", MINUTE_MS],
    ["12h", DAY_MS / 2],
    [" 60d ", 60 * DAY_MS],
    ["400d", 400 * DAY_MS],
  ])("%j is used", (text, ms) => {
    expect(spanMs(text)).toBe(ms);
  });

  const longest = "The longest forecast is 400d.";
  const withUnit = "Give a time of at least 1m with its unit, for example 12h or 60d.";
  it.each([
    ["60", `--forecast cannot use "60". ${withUnit} Did you mean 60d?`],
    ["0", `--forecast cannot use "0". ${withUnit}`],
    ["0d", `--forecast cannot use "0d". ${withUnit}`],
    ["30s", `--forecast cannot use "30s". ${withUnit}`],
    ["-5d", `--forecast cannot use "-5d". ${withUnit}`],
    ["two months", `--forecast cannot use "two months". ${withUnit}`],
    ["", `--forecast cannot use "". ${withUnit}`],
    ["401d", `--forecast cannot use "401d". ${longest}`],
    ["9999d", `--forecast cannot use "9999d". ${longest}`],
    ["99999999999d", `--forecast cannot use "99999999999d". ${longest}`],
  ])("%j is refused", (text, message) => {
    expect(() => spanMs(text)).toThrow(message);
  });
});
