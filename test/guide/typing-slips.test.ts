import { describe, expect, it } from "vitest";
import { typingSlips } from "../../src/guide/typing-slips.ts";

describe("typing slips", () => {
  it.each<[string, string, number | undefined]>([
    ["token", "token", 0],
    ["tokn", "token", 1],
    ["tokken", "token", 1],
    ["tokem", "token", 1],
    ["toekn", "token", 1],
    ["tkoen", "token", 1],
    ["tkn", "token", undefined],
    ["leak", "laek", 1],
    ["leak", "lead", undefined],
    ["car", "can", undefined],
    ["permission", "premisson", 2],
    ["permission", "permision", 1],
    ["permission", "pramisson", undefined],
    ["131042", "131043", undefined],
    ["step", "step1", undefined],
  ])("from %j to %j: %s", (typed, known, slips) => {
    expect(typingSlips(typed, known)).toBe(slips);
    expect(typingSlips(known, typed)).toBe(slips);
  });
});
