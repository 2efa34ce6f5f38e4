import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Comparison, compareVerdicts, newCriticals } from "../../src/watch/compare.ts";
import { aFinding, after, anExpiring, aVerdict } from "../support/builders.ts";

const DAY = 86_400_000;
const ORDER = ["30d", "14d", "7d", "3d", "1d"];
const END = after(5 * DAY);

const phone = (...objects: string[]) => aFinding("phone_unreachable", { objects });
const bad = (...findings: Parameters<typeof aFinding>[0][]) => aVerdict({ findings: findings.map((c) => aFinding(c)) });
const otherToken = { fingerprint: "bbbbbbbbbbbb" };

describe("comparing two bad verdicts", () => {
  it.each<[string, Verdict, Verdict, Comparison]>([
    ["the same findings", bad("scope_missing"), bad("scope_missing"), "same"],
    [
      "the same findings, told differently",
      bad("scope_missing"),
      aVerdict({ findings: [aFinding("scope_missing", { facts: { kind: "type", type: "USER" } })] }),
      "same",
    ],
    [
      "one more remark",
      bad("scope_missing"),
      aVerdict({ findings: [aFinding("scope_missing"), aFinding("scope_extra", { severity: "info" })] }),
      "same",
    ],
    ["the same death", bad("expired"), bad("expired"), "same"],
    ["another death", bad("expired"), bad("invalid"), "edit"],
    [
      "the same death of another token",
      bad("expired"),
      aVerdict({ findings: [aFinding("expired")], token: otherToken }),
      "edit",
    ],
    ["life after death", bad("revoked"), bad("scope_missing"), "better"],
    ["death", bad("scope_missing"), bad("revoked"), "worse"],
    ["one object more", aVerdict({ findings: [phone("1")] }), aVerdict({ findings: [phone("1", "2")] }), "worse"],
    ["one object less", aVerdict({ findings: [phone("1", "2")] }), aVerdict({ findings: [phone("1")] }), "better"],
    ["a warning more", bad("scope_missing"), bad("scope_missing", "not_system_user"), "edit"],
    ["a warning less", bad("scope_missing", "not_system_user"), bad("scope_missing"), "better"],
    ["a warning for another", bad("scope_missing", "not_system_user"), bad("scope_missing", "proof_refused"), "edit"],
    ["a nearer threshold", anExpiring("7d", END), anExpiring("3d", END), "nearer"],
    ["the shortest threshold", anExpiring("3d", END), anExpiring("1d", END), "nearer"],
    [
      "a first threshold of a token with a problem",
      bad("scope_missing"),
      anExpiring("7d", END, { findings: [aFinding("scope_missing")] }),
      "nearer",
    ],
    ["a farther threshold", anExpiring("7d", END), anExpiring("14d", after(12 * DAY)), "better"],
    ["a later end in the same threshold", anExpiring("7d", END), anExpiring("7d", after(6 * DAY)), "better"],
    ["a sooner end in the same threshold", anExpiring("7d", END), anExpiring("7d", after(4 * DAY)), "edit"],
    [
      "another token in the same threshold",
      anExpiring("7d", END),
      anExpiring("7d", END, { token: otherToken }),
      "edit",
    ],
    ["a threshold that the policy no longer has", anExpiring("20d", END), anExpiring("7d", END), "nearer"],
    [
      "an end that is not known any more",
      anExpiring("7d", END),
      anExpiring("7d", END, { token: { expiry: { kind: "not_known" } } }),
      "same",
    ],
  ])("%s", (_, shown, next, expected) => {
    expect(compareVerdicts(shown, next, ORDER)).toBe(expected);
  });

  it("names the new critical findings with their objects", () => {
    const next = aVerdict({ findings: [phone("1", "2"), aFinding("not_system_user")] });
    expect(newCriticals(aVerdict({ findings: [phone("1")] }), next)).toEqual(["phone_unreachable 2"]);
  });
});
