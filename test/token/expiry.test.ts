import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/token/duration.ts";
import {
  describeExpiry,
  type Expiry,
  isPast,
  NEVER,
  nextThresholdAt,
  NOT_KNOWN,
  reachedThreshold,
  usableThresholds,
} from "../../src/token/expiry.ts";
import { after, durations, NOW } from "../support/builders.ts";

const at = (ms: number): Expiry => ({ kind: "at", at: after(ms) });
const THRESHOLDS = durations("7d", "30d", "1d", "14d", "3d");

const texts = (expiry: Expiry, issuedAt: Date | null): readonly string[] =>
  usableThresholds(THRESHOLDS, expiry, issuedAt).map((threshold) => threshold.text);

describe("when a token ends", () => {
  it.each([
    [NEVER, false, "never"],
    [NOT_KNOWN, false, "not known"],
    [at(5 * DAY_MS), false, "in 5 days"],
    [at(1), false, "in less than a minute"],
    [at(0), true, "less than a minute ago"],
    [at(-2 * HOUR_MS), true, "2 hours ago"],
  ])("%o", (expiry, past, text) => {
    expect(isPast(expiry, NOW)).toBe(past);
    expect(describeExpiry(expiry, NOW)).toBe(text);
  });
});

describe("a threshold counts when it is shorter than the token's whole life", () => {
  it.each([
    ["60 days", at(5 * DAY_MS), after(-55 * DAY_MS), ["30d", "14d", "7d", "3d", "1d"]],
    ["30 days exactly", at(5 * DAY_MS), after(-25 * DAY_MS), ["14d", "7d", "3d", "1d"]],
    ["an hour: the shortest always counts", at(HOUR_MS), NOW, ["1d"]],
    ["not known", at(HOUR_MS), null, ["30d", "14d", "7d", "3d", "1d"]],
    ["never ending", NEVER, NOW, ["30d", "14d", "7d", "3d", "1d"]],
    ["issued after its end", at(-HOUR_MS), NOW, ["1d"]],
  ])("a life of %s", (_name, expiry, issuedAt, expected) => {
    expect(texts(expiry, issuedAt)).toEqual(expected);
  });
});

describe("thresholds on the way to the end", () => {
  const usable = usableThresholds(THRESHOLDS, at(0), null);

  it.each([
    [31 * DAY_MS, undefined, DAY_MS],
    [30 * DAY_MS, "30d", 16 * DAY_MS],
    [30 * DAY_MS - 1, "30d", 16 * DAY_MS - 1],
    [5 * DAY_MS, "7d", 2 * DAY_MS],
    [DAY_MS, "1d", undefined],
    [-DAY_MS, "1d", undefined],
  ])("with %i ms left", (leftMs, reached, nextInMs) => {
    expect(reachedThreshold(usable, at(leftMs), NOW)?.text).toBe(reached);
    expect(nextThresholdAt(usable, at(leftMs), NOW)).toEqual(nextInMs === undefined ? undefined : after(nextInMs));
  });

  it.each([NEVER, NOT_KNOWN])("none for %o", (expiry) => {
    expect(reachedThreshold(usable, expiry, NOW)).toBeUndefined();
    expect(nextThresholdAt(usable, expiry, NOW)).toBeUndefined();
  });
});
