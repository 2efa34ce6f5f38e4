import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../../src/token/duration.ts";
import { type Expiry, NEVER, NOT_KNOWN } from "../../../src/token/expiry.ts";
import type { GraphError } from "../../../src/token/inspection.ts";
import { judge } from "../../../src/token/judge.ts";
import { after, anInspection, aPolicy, NOW } from "../../support/builders.ts";

const PAST: Expiry = { kind: "at", at: after(-DAY_MS) };
const FUTURE: Expiry = { kind: "at", at: after(DAY_MS) };
const APP = "100000000000042";

const error = (subcode: number | null, code = 190): GraphError => ({ code, subcode, message: "gone" });

const stateOf = (found: GraphError | null, expiry: Expiry, appId: string | null, seenAlive = false) => {
  const inspection = anInspection({ liveness: { alive: false, error: found }, expiry, appId, scopes: [] });
  return judge({ ok: true, inspection }, aPolicy(), NOW, seenAlive);
};

describe("why a token is dead: the first rule that matches", () => {
  it.each([
    ["1: a past date and 463", error(463), PAST, APP, "expired"],
    ["1: a past date and no subcode", error(null), PAST, APP, "expired"],
    ["1: a past date and no error", null, PAST, APP, "expired"],
    ["1: a date of this very moment", null, { kind: "at", at: NOW } as const, APP, "expired"],
    ["1: a past date and an error of another code", error(null, 100), PAST, null, "expired"],
    ["2: 463 and no date", error(463), NOT_KNOWN, APP, "expired"],
    ["2: 463 and no date, no app", error(463), NOT_KNOWN, null, "expired"],
    ["3: 463 and never", error(463), NEVER, APP, "revoked"],
    ["3: 463 and a future date", error(463), FUTURE, APP, "revoked"],
    ...[458, 459, 460, 464, 466, 467, 490, 492, 493].flatMap(
      (subcode) =>
        [
          [`4: ${subcode} and a past date`, error(subcode), PAST, APP, "revoked"],
          [`4: ${subcode} and never`, error(subcode), NEVER, APP, "revoked"],
          [`4: ${subcode} and nothing else known`, error(subcode), NOT_KNOWN, null, "revoked"],
        ] as const,
    ),
    ["5: 190 of a known app", error(null), NEVER, APP, "revoked"],
    ["5: 102 of a known app", error(null, 102), NOT_KNOWN, APP, "revoked"],
    ["5: 190 with an unknown subcode and a past date", error(461), PAST, APP, "revoked"],
    ["6: 190 of no app", error(null), NOT_KNOWN, null, "invalid"],
    ["6: an unknown subcode of no app", error(461), PAST, null, "invalid"],
    ["6: another code of a known app", error(null, 100), NEVER, APP, "invalid"],
    ["6: no error", null, NEVER, APP, "invalid"],
    ["6: nothing at all", null, NOT_KNOWN, null, "invalid"],
  ] as const)("%s", (_name, found, expiry, appId, state) => {
    const verdict = stateOf(found, expiry, appId);
    expect(verdict.state).toBe(state);
    expect(verdict.alive).toBe(false);
    expect(verdict.findings.map(({ code, severity }) => [code, severity])).toEqual([[state, "critical"]]);
  });

  it.each([
    ["nothing known", null, NOT_KNOWN, null, "revoked"],
    ["190 of no app", error(null), NOT_KNOWN, null, "revoked"],
    ["a past date", null, PAST, APP, "expired"],
    ["463 and no date", error(463), NOT_KNOWN, null, "expired"],
  ] as const)("a fingerprint seen alive before, %s", (_name, found, expiry, appId, state) => {
    expect(stateOf(found, expiry, appId, true).state).toBe(state);
  });

  it.each([
    ...[458, 459, 460, 461, 462, 464, 466, 467, 490, 491, 492, 493].map((subcode) => error(subcode)),
    error(null, 450),
    error(null, 452),
  ])("through /me the session code in $code/$subcode proves that it was a token", (found) => {
    const liveness = { alive: false, error: found } as const;
    const inspection = anInspection({ liveness, expiry: NOT_KNOWN, appId: null, scopes: null, debugged: false });
    expect(judge({ ok: true, inspection }, aPolicy(), NOW).state).toBe("revoked");
  });

  it("keeps the date on which it expired", () => {
    expect(stateOf(null, PAST, APP).findings[0]?.facts).toEqual({ kind: "end", at: after(-DAY_MS), past: true });
    expect(stateOf(error(463), NOT_KNOWN, APP).findings[0]?.facts).toBeUndefined();
    expect(stateOf(error(466), PAST, APP).findings[0]?.facts).toBeUndefined();
  });
});
