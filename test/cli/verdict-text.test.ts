import { describe, expect, it } from "vitest";
import { verdictText } from "../../src/cli/verdict-text.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { aFinding, after, anEvidence, aVerdict } from "../support/builders.ts";

const linesOf = (verdict: Verdict): readonly string[] => verdictText(verdict, "it", (_style, text) => text).split("\n");

const asset = { kind: "phone", id: "1002", name: null, reach: "not_known", sending: null, failure: null } as const;

describe("the verdict in a terminal", () => {
  it("leads with what makes the state, whatever finding stands first", () => {
    const late = aFinding("expires_soon", { severity: "critical" });
    expect(linesOf(aVerdict({ findings: [late, aFinding("phone_unreachable")] }))[0]).toBe(
      "DEGRADED  A sentence about phone_unreachable.",
    );
  });

  it("says when the end of a healthy token is not known", () => {
    const dateless = aVerdict({ token: { expiry: { kind: "not_known" } } });
    expect(linesOf(dateless)[0]).toMatch(/^HEALTHY .*but when it ends is not known\.$/);
    expect(linesOf(aVerdict())[0]).not.toContain("not known");
  });

  it("claims nothing of a dead token that Meta did not say", () => {
    const dead = aVerdict({ findings: [aFinding("revoked")], token: { scopes: null }, assets: [asset] });
    expect(linesOf(dead)).toEqual(
      expect.arrayContaining([
        "Would end    never",
        "Permissions  Meta does not list them for a dead token",
        "Phone number 1002: not asked: the token is dead",
      ]),
    );
    const listed = aVerdict({ findings: [aFinding("revoked")], token: { expiry: { kind: "at", at: after(-1) } } });
    expect(linesOf(listed)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Expired {6}/),
        "Permissions  it had      whatsapp_business_messaging",
      ]),
    );
  });

  it("gives an API Setup token one advice, and the part of the guide that has it", () => {
    const findings = [
      aFinding("expires_soon", { remedy: "Use Never." }),
      aFinding("temporary_token", { remedy: "Make a system user's token." }),
    ];
    const lines = linesOf(aVerdict({ findings }));
    expect(lines.filter((line) => line.startsWith("  Do this"))).toEqual([
      "  Do this    Make a system user's token.",
      "  Do this    Make a system user's token.",
    ]);
    expect(lines).toContain("  Read       wa-token guide step 1");
    expect(lines).not.toContain("  Read       wa-token guide never");
  });

  it("sends nobody after a new token when the account is restricted", () => {
    const evidence = anEvidence({ code: 131_031 });
    expect(linesOf(aVerdict({ findings: [aFinding("phone_unreachable", { evidence })] }))).toContain(
      "  Read       wa-token guide live",
    );
  });
});
