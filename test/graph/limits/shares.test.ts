import { describe, expect, it } from "vitest";
import { accountShare } from "../../../src/graph/limits/shares.ts";

describe("the share of an account's limit", () => {
  it.each<[string, unknown, number | null]>([
    ["nothing used", { "1": [{ call_count: 0, total_cputime: 0, total_time: 0 }] }, 0],
    ["the largest of three", { "1": [{ call_count: 74, total_time: 75.5, total_cputime: 3 }] }, 75.5],
    ["the largest of several entries", { "1": [{ call_count: 1, total_cputime: 95 }, { call_count: 85 }] }, 95],
    ["the largest of several IDs", { "1": [{ call_count: 85 }], "2": [{ call_count: 90 }] }, 90],
    ["text", { "1": [{ call_count: "90" }] }, 90],
    ["no list", { "1": { call_count: 90 } }, 90],
    ["more than all", { "1": [{ call_count: 130 }] }, 100],
    ["a wait without a share", { "1": [{ estimated_time_to_regain_access: 19 }] }, null],
    ["negative and huge shares", { "1": [{ call_count: -90, total_time: 1e300 }] }, null],
    ["a list of numbers", { "1": [90, null, "90"] }, null],
    ["an empty list", { "1": [] }, null],
    ["a number", 90, null],
    ["null", null, null],
    ["text without JSON", "90 %", null],
    ["an empty header", "", null],
    ["no header", undefined, null],
    ["11,000 characters", { note: "x".repeat(11_000), "1": [{ call_count: 99 }] }, null],
  ])("%s", (_name, usage, share) => {
    const text = typeof usage === "string" ? usage : JSON.stringify(usage);
    expect(accountShare(usage === undefined ? {} : { "x-business-use-case-usage": text })).toBe(share);
  });
});
