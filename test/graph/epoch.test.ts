import { describe, expect, it } from "vitest";
import { readExpiry, readInstant } from "../../src/graph/epoch.ts";

describe("epoch seconds", () => {
  it.each([
    [0, { kind: "never" }],
    [1795737600, { kind: "at", at: new Date("2026-11-27T00:00:00Z") }],
    [253402300799, { kind: "at", at: new Date("9999-12-31T23:59:59Z") }],
    [undefined, { kind: "not_known" }],
    [null, { kind: "not_known" }],
    [-1, { kind: "not_known" }],
    [1.5, { kind: "not_known" }],
    [1e18, { kind: "not_known" }],
    [1795737600000, { kind: "not_known" }],
    [Number.NaN, { kind: "not_known" }],
    [Number.POSITIVE_INFINITY, { kind: "not_known" }],
    ["1795737600", { kind: "not_known" }],
    ["0", { kind: "not_known" }],
    [false, { kind: "not_known" }],
    [{}, { kind: "not_known" }],
  ])("%s", (seconds, expected) => {
    expect(readExpiry(seconds)).toEqual(expected);
    expect(readInstant(seconds)).toEqual("at" in expected ? expected.at : null);
  });
});
