import { describe, expect, it } from "vitest";
import { retryAfterMs, throttledMs } from "../../../src/graph/limits/waits.ts";
import { CLOCK } from "../local-graph.ts";

const usage = (...minutes: readonly unknown[]): string =>
  JSON.stringify({
    "100000000003001": minutes.map((wait) => ({ type: "odd", estimated_time_to_regain_access: wait })),
    "100000000003002": [{ type: "none" }, null, 7],
  });

const DAY_MS = 86_400_000;

describe("the wait that an answer states", () => {
  it.each([
    [undefined, null],
    ["120", 120_000],
    [" 5 ", 5_000],
    ["0", null],
    ["-3", null],
    ["soon", null],
    ["", null],
    ["Sun, 22 Nov 2026 00:10:00 GMT", 600_000],
    ["Sat, 21 Nov 2026 00:00:00 GMT", null],
    ["9".repeat(400), DAY_MS],
  ])("Retry-After: %s", (text, expected) => {
    expect(retryAfterMs({ "retry-after": text }, CLOCK)).toBe(expected);
  });

  it.each([
    ["neither", {}, 900_000],
    ["a usage header", { "x-business-use-case-usage": usage(3, 19, 7) }, 1_140_000],
    ["minutes as text", { "x-business-use-case-usage": usage("4") }, 240_000],
    ["nothing to wait for", { "x-business-use-case-usage": usage(0) }, 900_000],
    ["nonsense", { "x-business-use-case-usage": "{" }, 900_000],
    ["null", { "x-business-use-case-usage": "null" }, 900_000],
    ["a word for minutes", { "x-business-use-case-usage": usage("soon", -5) }, 900_000],
    ["a boundless wait", { "x-business-use-case-usage": usage(1e300) }, DAY_MS],
    ["both, the longer counts", { "x-business-use-case-usage": usage(1), "retry-after": "90" }, 90_000],
    ["a header sent twice", { "retry-after": ["60", "90"] }, 60_000],
  ])("a limit with %s", (_name, headers, expected) => {
    expect(throttledMs(headers, CLOCK)).toBe(expected);
  });
});
