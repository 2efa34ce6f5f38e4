import { describe, expect, it } from "vitest";
import type { FindingCode } from "../../src/token/finding.ts";
import type { FailureKind } from "../../src/token/inspection.ts";
import { causeOf } from "../../src/watch/cause.ts";
import { aCard, aFailure, aFinding, anAlert, anExpiring, after, aVerdict, NOW } from "../support/builders.ts";

const MINE = "100000000000042";
const OTHER = "100000000000043";

const problem = (code: FindingCode, appId: string | null = MINE) =>
  anAlert({ verdict: aVerdict({ findings: [aFinding(code)], token: { appId } }) });

const notChecked = (kind: FailureKind, appId: string | undefined) =>
  anAlert({
    kind: "not_checked",
    severity: "warning",
    card: aCard({ appId }),
    failing: { failure: aFailure({ kind }), since: NOW, tries: 3 },
  });

describe("the cause that alerts may share", () => {
  it.each<FindingCode>([
    "revoked",
    "invalid",
    "wrong_app",
    "scope_missing",
    "phone_unreachable",
    "waba_unreachable",
    "sending_blocked",
  ])("%s is one for the tokens of one app, and another for another app", (code) => {
    expect(causeOf(problem(code))).toBe(`${code} app ${MINE}`);
    expect(causeOf(problem(code, OTHER))).toBe(`${code} app ${OTHER}`);
  });

  it.each<FindingCode>(["expired", "not_a_token", "expires_soon"])("%s is each token's own", (code) => {
    expect(causeOf(problem(code))).toBeNull();
  });

  it("is that of the finding that leads, whatever else is found", () => {
    const findings = [aFinding("scope_missing"), aFinding("phone_unreachable"), aFinding("expires_soon")];
    expect(causeOf(anAlert({ verdict: aVerdict({ findings }) }))).toBe(`scope_missing app ${MINE}`);
    const ending = anExpiring("7d", after(1), { findings: [aFinding("temporary_token")] });
    expect(causeOf(anAlert({ verdict: ending }))).toBeNull();
  });

  it("names the app that asks when Graph did not name the token's, and none when none is known", () => {
    expect(causeOf({ ...problem("revoked", null), card: aCard({ appId: OTHER }) })).toBe(`revoked app ${OTHER}`);
    expect(causeOf(problem("revoked", null))).toBe("revoked");
  });

  it("of a problem stays when it cannot be checked again", () => {
    const failing = { failure: aFailure(), since: NOW, tries: 9 };
    expect(causeOf({ ...problem("revoked"), failing })).toBe(`revoked app ${MINE}`);
  });

  it.each<[FailureKind, string]>([
    ["unreachable", "no_answer"],
    ["throttled", "no_answer"],
    ["malformed", "no_answer"],
    ["unreadable", "unreadable"],
    ["misconfigured", `misconfigured app ${MINE}`],
  ])("of what could not be checked because Graph or its source was %s is %s", (kind, cause) => {
    expect(causeOf(notChecked(kind, MINE))).toBe(cause);
  });

  it("a refused app secret is another cause for each app", () => {
    expect(causeOf(notChecked("misconfigured", OTHER))).not.toBe(causeOf(notChecked("misconfigured", MINE)));
    expect(causeOf(notChecked("misconfigured", undefined))).toBe("misconfigured");
  });

  it("there is none once it is healthy", () => {
    expect(causeOf(anAlert({ verdict: aVerdict() }))).toBeNull();
  });
});
