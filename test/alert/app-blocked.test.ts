import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { causeOf } from "../../src/alert/cause.ts";
import { transition } from "../../src/alert/transition.ts";
import {
  aCard,
  aFailure,
  aFinding,
  after,
  anAlert,
  anExpiring,
  anUnknown,
  aPolicy,
  aVerdict,
  NO_ESCALATION,
  NOW,
} from "../support/builders.ts";

const HOUR = 3_600_000;
const rules: AlertRules = {
  card: aCard({ appId: "42" }),
  policy: aPolicy(),
  unknownAfterMs: HOUR,
  repeatCriticalMs: 4 * HOUR,
  escalation: NO_ESCALATION,
  newId: () => "alert-new",
};
const BLOCKED = anUnknown({ kind: "app_blocked" });
const oneTry = { failure: aFailure({ kind: "app_blocked" }), since: NOW, tries: 1 };
const person = { by: "U1", at: NOW };
const openOn = (verdict: Verdict, fields: Partial<Alert> = {}): WatchState => ({
  ...NEW_WATCH,
  verdict,
  failing: oneTry,
  alert: anAlert({ card: rules.card, verdict, ...fields }),
});
const revoked = aVerdict({ findings: [aFinding("revoked")] });
const expiring = anExpiring("7d", after(6 * 24 * HOUR));

describe("an app that Meta blocked", () => {
  it("is announced at the second try, as critical and with a notice", () => {
    const first = transition(NEW_WATCH, BLOCKED, NOW, rules);
    expect(first.change).toEqual({ kind: "none" });
    const second = transition(first.state, BLOCKED, after(60_000), rules);
    expect(second.change).toEqual({ kind: "open", reason: "not_checked" });
    expect(second.state.alert).toMatchObject({
      severity: "critical",
      kind: "not_checked",
      criticalSince: after(60_000),
    });
  });

  it.each<[string, WatchState]>([
    ["an acknowledged revocation", openOn(revoked, { acknowledged: person })],
    ["a snoozed revocation", openOn(revoked, { snoozed: { ...person, until: after(HOUR), reason: "later" } })],
    ["a warning", openOn(expiring)],
    [
      "a watch that could not be checked",
      openOn(aVerdict(), { kind: "not_checked", severity: "warning", failing: { ...oneTry, failure: aFailure() } }),
    ],
    ["a live token whose ids were not read", openOn(aVerdict(), { kind: "not_checked", severity: "warning" })],
  ])("makes %s worse and clears people's answers", (_, state) => {
    const { change, state: next, replies: words } = transition(state, BLOCKED, NOW, rules);
    expect(change).toEqual({ kind: "update", reason: "worse" });
    expect(next.alert).toMatchObject({
      severity: "critical",
      criticalSince: NOW,
      acknowledged: null,
      snoozed: null,
      failing: { failure: { kind: "app_blocked" } },
    });
    expect(words).toMatchObject([{ reason: "worse", notice: true }]);
    expect(next.alert === null ? null : causeOf(next.alert)).toBe("app_blocked app 42");
  });

  it("does not change an open alert at the first try", () => {
    expect(transition({ ...openOn(revoked), failing: null }, BLOCKED, NOW, rules).change).toEqual({ kind: "none" });
  });

  it("stays open while checks give no answer, with reminders, also for an expiring token", () => {
    const { state } = transition(openOn(expiring), BLOCKED, NOW, rules);
    const silent = transition(state, anUnknown(), after(HOUR), rules);
    expect(silent.change).toEqual({ kind: "none" });
    expect(silent.state.alert?.failing?.failure.kind).toBe("app_blocked");
    const reminded = transition(silent.state, BLOCKED, after(4 * HOUR), rules);
    expect(reminded.change).toEqual({ kind: "update", reason: "reminder" });
  });

  it.each<[string, Verdict, object]>([
    ["healthy", aVerdict(), { kind: "resolve", reason: "recovered" }],
    ["expiring", expiring, { kind: "update", reason: "better" }],
    ["revoked", revoked, { kind: "update", reason: "worse" }],
    ["blocked at the live reads", aVerdict({ findings: [aFinding("app_blocked")] }), { kind: "edit" }],
  ])("changes as the next answer says: %s", (_, verdict, change) => {
    const opened = transition({ ...NEW_WATCH, failing: oneTry }, BLOCKED, NOW, rules).state;
    expect(transition(opened, verdict, after(HOUR), rules).change).toEqual(change);
  });

  it("becomes the earlier problem again when the next answer reports it", () => {
    const { state } = transition(openOn(revoked), BLOCKED, NOW, rules);
    const next = transition(state, revoked, after(HOUR), rules);
    expect(next.change).toEqual({ kind: "edit" });
    expect(next.state.alert).toMatchObject({ kind: "problem", failing: null, severity: "critical" });
  });
});
