import { describe, expect, it } from "vitest";
import { type Change, NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import { recordOutsideRound, recordMove } from "../../src/alert/record.ts";
import { aFailure, aFinding, anAlert, anEvidence, aVerdict, NOW } from "../support/builders.ts";

const missing = aFinding("scope_missing");
const degraded = aVerdict({ findings: [missing] });
const healthy: WatchState = { ...NEW_WATCH, verdict: aVerdict() };
const degradedState: WatchState = { ...NEW_WATCH, verdict: degraded, alert: anAlert({ verdict: degraded }) };
const failing = { failure: aFailure({ evidence: anEvidence({ status: 500 }) }), since: NOW, tries: 3 };

describe("a line of history", () => {
  it.each<[string, WatchState, WatchState, Change, object]>([
    [
      "an alert opens",
      healthy,
      degradedState,
      { kind: "open", reason: "first" },
      {
        reason: "first",
        from: "healthy",
        to: "degraded",
        cause: { kind: "finding", finding: missing },
        alert: "alert-1",
      },
    ],
    [
      "the first answer",
      NEW_WATCH,
      healthy,
      { kind: "none" },
      { reason: "edited", from: "unknown", to: "healthy", cause: null, alert: null, evidence: { status: 200 } },
    ],
    [
      "people are told that checks fail",
      degradedState,
      { ...degradedState, alert: anAlert({ verdict: degraded, failing }) },
      { kind: "update", reason: "stale" },
      {
        reason: "stale",
        from: "degraded",
        to: "unknown",
        cause: { kind: "failure", failure: failing.failure },
        evidence: { status: 500 },
      },
    ],
    [
      "the problem is fixed",
      degradedState,
      { ...healthy, alert: anAlert({ verdict: aVerdict(), resolvedAt: NOW }) },
      { kind: "resolve", reason: "recovered" },
      { reason: "recovered", from: "degraded", to: "healthy", cause: null, alert: "alert-1" },
    ],
  ])("%s", (_name, before, next, change, line) => {
    expect(recordMove("orders-prod", before, next, change, NOW)).toMatchObject({
      watch: "orders-prod",
      at: NOW,
      ...line,
    });
  });

  it("names the failure of a read instead of the finding about it", () => {
    const failure = aFailure({ kind: "throttled", evidence: anEvidence({ call: "GET /1" }) });
    const asset = { kind: "phone", id: "1", name: null, reach: "not_known", sending: null, failure } as const;
    const verdict = aVerdict({ findings: [aFinding("reach_not_checked", { objects: ["1"] })], assets: [asset] });
    const next = { ...NEW_WATCH, verdict, alert: anAlert({ verdict }) };
    expect(recordMove("orders-prod", degradedState, next, { kind: "update", reason: "better" }, NOW)).toMatchObject({
      cause: { kind: "failure", failure },
      evidence: { call: "GET /1" },
    });
  });

  it.each<[string, Change]>([
    ["a reminder", { kind: "update", reason: "reminder" }],
    ["an edit without a change of state", { kind: "edit" }],
    ["nothing", { kind: "none" }],
  ])("is not written for %s", (_name, change) => {
    expect(recordMove("orders-prod", degradedState, degradedState, change, NOW)).toBeUndefined();
  });

  it("names the person, the reason and the end of a person's action", () => {
    const said = { reason: "snoozed", by: "U0000000001", remark: "rotation at noon", until: NOW } as const;
    expect(recordOutsideRound(anAlert(), said, NOW)).toMatchObject({ ...said, from: "degraded", to: "degraded" });
  });
});
