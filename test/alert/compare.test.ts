import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Comparison, compareVerdicts, newCriticals } from "../../src/alert/compare.ts";
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
      "the same findings with other sentences",
      bad("scope_missing"),
      aVerdict({ findings: [aFinding("scope_missing", { facts: { kind: "type", type: "USER" } })] }),
      "same",
    ],
    [
      "one more remark (info)",
      bad("scope_missing"),
      aVerdict({ findings: [aFinding("scope_missing"), aFinding("scope_extra", { severity: "info" })] }),
      "same",
    ],
    ["the same dead state", bad("expired"), bad("expired"), "same"],
    ["another dead state", bad("expired"), bad("invalid"), "edit"],
    [
      "the same dead state of another token",
      bad("expired"),
      aVerdict({ findings: [aFinding("expired")], token: otherToken }),
      "edit",
    ],
    ["a living token after a dead one", bad("revoked"), bad("scope_missing"), "better"],
    ["a dead token after a living one", bad("scope_missing"), bad("revoked"), "worse"],
    ["one more object", aVerdict({ findings: [phone("1")] }), aVerdict({ findings: [phone("1", "2")] }), "worse"],
    ["one object fewer", aVerdict({ findings: [phone("1", "2")] }), aVerdict({ findings: [phone("1")] }), "better"],
    ["one more warning", bad("scope_missing"), bad("scope_missing", "not_system_user"), "edit"],
    ["one warning fewer", bad("scope_missing", "not_system_user"), bad("scope_missing"), "better"],
    ["another warning", bad("scope_missing", "not_system_user"), bad("scope_missing", "proof_refused"), "edit"],
    ["a nearer threshold", anExpiring("7d", END), anExpiring("3d", END), "nearer"],
    ["the shortest threshold", anExpiring("3d", END), anExpiring("1d", END), "nearer"],
    [
      "a first threshold of a token with a problem",
      bad("scope_missing"),
      anExpiring("7d", END, { findings: [aFinding("scope_missing")] }),
      "nearer",
    ],
    ["a farther threshold", anExpiring("7d", END), anExpiring("14d", after(12 * DAY)), "better"],
    ["a later expiry within the same threshold", anExpiring("7d", END), anExpiring("7d", after(6 * DAY)), "better"],
    ["an earlier expiry within the same threshold", anExpiring("7d", END), anExpiring("7d", after(4 * DAY)), "edit"],
    [
      "another token within the same threshold",
      anExpiring("7d", END),
      anExpiring("7d", END, { token: otherToken }),
      "edit",
    ],
    ["a threshold that the policy no longer has", anExpiring("20d", END), anExpiring("7d", END), "nearer"],
    [
      "an expiry that is no longer known",
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
