import { describe, expect, it } from "vitest";
import { factFields } from "../../../src/slack/verdict/facts.ts";
import { findingLines } from "../../../src/slack/verdict/findings.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { aFinding, after, anEvidence, aVerdict, NOW } from "../../support/builders.ts";

const show = (at: Date): string => at.toISOString().slice(0, 10);
const listed = (verdict: Verdict): readonly string[] => findingLines(verdict, show);

describe("the list of findings", () => {
  it("leaves out what is told as the cause", () => {
    expect(listed(aVerdict({ findings: [aFinding("scope_missing")] }))).toEqual([]);
    const dateless = { expiry: { kind: "not_known" } } as const;
    expect(listed(aVerdict({ token: dateless, findings: [aFinding("expiry_not_known")] }))).toEqual([]);
  });

  it("says the others with their own advice, and with their call only if it is another one", () => {
    const evidence = anEvidence({ call: "GET /1002", code: 100, trace: null });
    const verdict = aVerdict({
      findings: [
        aFinding("scope_missing"),
        aFinding("phone_unreachable", { remedy: "Assign it.", evidence }),
        aFinding("waba_unreachable", { remedy: "Assign it." }),
        aFinding("scope_extra", { severity: "info", remedy: "Leave it out.", notRecheckedSince: NOW }),
      ],
    });
    expect(listed(verdict)).toEqual([
      "• *Critical:* A sentence about phone_unreachable. Assign it. _(GET /1002, HTTP 200, code 100, 2026-11-22)_",
      "• *Critical:* A sentence about waba_unreachable.",
      "• *Note:* A sentence about scope_extra. Not re-checked since 2026-11-22. Leave it out.",
    ]);
  });

  it("gives no second advice to an API Setup token", () => {
    const verdict = aVerdict({
      findings: [
        aFinding("expires_soon"),
        aFinding("temporary_token"),
        aFinding("not_system_user", { remedy: "Else." }),
      ],
    });
    expect(listed(verdict)).toEqual([
      "• *Warning:* A sentence about temporary_token.",
      "• *Warning:* A sentence about not_system_user.",
    ]);
  });

  it("loses no call that the state does not rest on", () => {
    const evidence = anEvidence({ call: "GET /1002" });
    expect(listed(aVerdict({ findings: [aFinding("phone_unreachable", { evidence })] }))[0]).toContain("GET /1002");
  });

  it("dates the end of access to data as the dates around it", () => {
    const verdict = aVerdict({
      findings: [aFinding("scope_missing"), aFinding("data_access_ended")],
      token: { dataAccess: { kind: "at", at: after(-86_400_000) } },
    });
    expect(listed(verdict)[0]).toContain("Its access to user data ended 2026-11-21.");
  });
});

describe("when it ends", () => {
  const DAY_MS = 86_400_000;
  const at = (ms: number) => ({ expiry: { kind: "at", at: after(ms) } }) as const;

  it.each<[string, Verdict, string]>([
    ["alive", aVerdict({ token: at(DAY_MS) }), "*Ends*\n2026-11-23 (in 1 day)"],
    ["past", aVerdict({ token: at(-DAY_MS) }), "*Ended*\n2026-11-21 (1 day ago)"],
    [
      "expired, no date",
      aVerdict({ findings: [aFinding("expired")], token: { expiry: { kind: "not_known" } } }),
      "*Ended*\nnot known",
    ],
    ["revoked", aVerdict({ findings: [aFinding("revoked")] }), "*Would have ended*\nnever"],
    [
      "revoked after its date",
      aVerdict({ findings: [aFinding("revoked")], token: at(-DAY_MS) }),
      "*Ended*\n2026-11-21 (1 day ago)",
    ],
  ])("%s", (_what, verdict, field) => {
    expect(factFields(verdict, NOW, show)[0]).toBe(field);
  });
});
