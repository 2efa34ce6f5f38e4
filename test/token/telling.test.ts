import { describe, expect, it } from "vitest";
import { findingsToFix, remediedBy, tellingFindings } from "../../src/token/telling.ts";
import type { FindingCode } from "../../src/token/findings/finding.ts";
import { aFinding, aVerdict } from "../support/builders.ts";

const finding = (code: FindingCode) => aFinding(code);

describe("what people are told of a verdict", () => {
  it("begins with what makes the state, though something else is as severe", () => {
    const late = aFinding("expires_soon", { severity: "critical" });
    const verdict = aVerdict({ findings: [late, finding("phone_unreachable")] });
    expect(verdict.state).toBe("degraded");
    expect(tellingFindings(verdict).map(({ code }) => code)).toEqual(["phone_unreachable", "expires_soon"]);
    expect(findingsToFix(verdict)[0]?.code).toBe("phone_unreachable");
  });

  it("leaves remarks out", () => {
    const verdict = aVerdict({ findings: [aFinding("scope_extra", { severity: "info" })] });
    expect(tellingFindings(verdict)).toEqual([]);
    expect(findingsToFix(verdict)).toEqual([]);
  });

  it.each<[FindingCode[], FindingCode]>([
    [["expires_soon", "temporary_token", "not_system_user"], "temporary_token"],
    [["expires_soon", "not_system_user"], "not_system_user"],
    [["expires_soon"], "expires_soon"],
  ])("joins %j into the advice of %s alone", (codes, told) => {
    const verdict = aVerdict({ findings: codes.map((code) => finding(code)) });
    expect(findingsToFix(verdict).map(({ code }) => code)).toEqual([told]);
    for (const one of verdict.findings) expect(remediedBy(one, verdict).code).toBe(told);
  });

  it.each<FindingCode>(["scope_missing", "waba_unreachable", "expires_soon", "temporary_token", "not_registered"])(
    "replaces the advice for %s by the advice about the app while Meta blocks it",
    (code) => {
      const verdict = aVerdict({ findings: [finding("app_blocked"), finding(code)] });
      expect(findingsToFix(verdict).map((fix) => fix.code)).toEqual(["app_blocked"]);
      for (const one of verdict.findings) expect(remediedBy(one, verdict).code).toBe("app_blocked");
    },
  );

  it("keeps the advice of another ailment beside it", () => {
    const verdict = aVerdict({
      findings: [finding("scope_missing"), finding("expires_soon"), finding("temporary_token")],
    });
    expect(findingsToFix(verdict).map(({ code }) => code)).toEqual(["scope_missing", "temporary_token"]);
  });
});
