import { describe, expect, it } from "vitest";
import type { FindingCode } from "../../src/token/findings/finding.ts";
import type { FailureKind } from "../../src/token/inspection.ts";
import type { Alert } from "../../src/alert/alert.ts";
import { causeOf, keepsCause } from "../../src/alert/cause.ts";
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

describe("the shared cause of alerts", () => {
  it.each<FindingCode>(["wrong_app", "scope_missing", "phone_unreachable", "waba_unreachable", "sending_blocked"])(
    "%s is shared by the tokens of one app only",
    (code) => {
      expect(causeOf(problem(code))).toBe(`${code} app ${MINE}`);
      expect(causeOf(problem(code, OTHER))).toBe(`${code} app ${OTHER}`);
    },
  );

  it.each<FindingCode>(["revoked", "invalid", "expired"])(
    "%s is the cause `dead`, shared by the tokens of one app",
    (code) => {
      expect(causeOf(problem(code))).toBe(`dead app ${MINE}`);
      expect(causeOf(problem(code, OTHER))).toBe(`dead app ${OTHER}`);
    },
  );

  it("a source without a token shares no cause", () => {
    expect(causeOf(problem("not_a_token"))).toBeNull();
  });

  it("an expiry is shared by the tokens of one app that expire on one day", () => {
    const ending = (at: string): string | null => causeOf(anAlert({ verdict: anExpiring("7d", new Date(at)) }));
    expect(ending("2026-11-29T00:00:00.000Z")).toBe(`ends 2026-11-29 app ${MINE}`);
    expect(ending("2026-11-29T23:59:59.000Z")).toBe(`ends 2026-11-29 app ${MINE}`);
    expect(ending("2026-11-30T00:00:00.000Z")).toBe(`ends 2026-11-30 app ${MINE}`);
  });

  it("an unknown expiry date is no shared cause", () => {
    expect(causeOf(problem("expires_soon"))).toBeNull();
  });

  it("comes from the leading finding, whatever the other findings are", () => {
    const findings = [aFinding("scope_missing"), aFinding("phone_unreachable"), aFinding("expires_soon")];
    expect(causeOf(anAlert({ verdict: aVerdict({ findings }) }))).toBe(`scope_missing app ${MINE}`);
    const ending = anExpiring("7d", after(1), { findings: [aFinding("temporary_token")] });
    expect(causeOf(anAlert({ verdict: ending }))).toBe(`ends 2026-11-22 app ${MINE}`);
  });

  it("names the watch's app when Graph does not name the token's app, and no app when none is known", () => {
    expect(causeOf({ ...problem("revoked", null), card: aCard({ appId: OTHER }) })).toBe(`dead app ${OTHER}`);
    expect(causeOf(problem("revoked", null))).toBe("dead");
  });

  it("of a problem stays while checks fail", () => {
    const failing = { failure: aFailure(), since: NOW, tries: 9 };
    expect(causeOf({ ...problem("revoked"), failing })).toBe(`dead app ${MINE}`);
  });

  it.each<[FailureKind, string]>([
    ["unreachable", "no_answer"],
    ["throttled", "no_answer"],
    ["malformed", "no_answer"],
    ["unreadable", "unreadable"],
    ["misconfigured", `misconfigured app ${MINE}`],
  ])("of a check that failed with `%s` is `%s`", (kind, cause) => {
    expect(causeOf(notChecked(kind, MINE))).toBe(cause);
  });

  it("a refused app secret is a separate cause for each app", () => {
    expect(causeOf(notChecked("misconfigured", OTHER))).not.toBe(causeOf(notChecked("misconfigured", MINE)));
    expect(causeOf(notChecked("misconfigured", undefined))).toBe("misconfigured");
  });

  it("a healthy token has no cause", () => {
    expect(causeOf(anAlert({ verdict: aVerdict() }))).toBeNull();
  });
});

describe("an alert in a group", () => {
  const at = after(-1);
  const ended = (code: FindingCode) =>
    anAlert({ verdict: aVerdict({ findings: [aFinding(code)], token: { expiry: { kind: "at", at } } }) });

  it.each<[string, Alert, string, boolean]>([
    ["stays while it has the group's cause", problem("scope_missing"), `scope_missing app ${MINE}`, true],
    ["leaves when it has another cause", problem("revoked"), `scope_missing app ${MINE}`, false],
    [
      "stays in a group of dead tokens, whatever its dead state is",
      problem("not_a_token", null),
      `dead app ${MINE}`,
      true,
    ],
    ["leaves a group of dead tokens when its token lives", problem("scope_missing"), `dead app ${MINE}`, false],
    ["leaves a group of dead tokens when it could not be checked", notChecked("unreadable", MINE), "dead", false],
    ["stays in a group of one expiry date after it expired", ended("expired"), `ends 2026-11-22 app ${MINE}`, true],
    [
      "stays in a group of one expiry date when Meta later reports it as revoked",
      ended("revoked"),
      `ends 2026-11-22 app ${MINE}`,
      true,
    ],
    ["leaves a group of another expiry date", ended("expired"), `ends 2026-11-23 app ${MINE}`, false],
    [
      "leaves a group of one expiry date when it was revoked before that date",
      anAlert({
        verdict: aVerdict({ findings: [aFinding("revoked")], token: { expiry: { kind: "at", at: after(1) } } }),
      }),
      `ends 2026-11-22 app ${MINE}`,
      false,
    ],
  ])("%s", (_, alert, cause, stays) => {
    expect(keepsCause(alert, cause)).toBe(stays);
  });
});
