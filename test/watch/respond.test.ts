import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/token/duration.ts";
import type { Alert } from "../../src/watch/alert.ts";
import { isHushed } from "../../src/watch/hushed.ts";
import type { AlertChange } from "../../src/watch/ports.ts";
import { acknowledge, checked, snooze, unacknowledge, unsnooze } from "../../src/watch/respond.ts";
import type { AlertRules } from "../../src/watch/alert-rules.ts";
import { transition } from "../../src/watch/transition.ts";
import { aCard, NO_ESCALATION, anExpiring, aFinding, after, anAlert, aVerdict, NOW } from "../support/builders.ts";
import { NEW_WATCH } from "../../src/watch/alert.ts";

const ANN = "U0000000001";
const BEN = "U0000000002";
const acknowledged = { by: ANN, at: NOW };
const snoozed = { by: ANN, at: NOW, until: after(HOUR_MS), reason: "rotation at noon" };
const asked = { by: BEN, until: after(DAY_MS), reason: "on it" };

const degraded = aVerdict({ findings: [aFinding("scope_missing")] });
const rules: AlertRules = {
  card: aCard(),
  policy: { warnAt: [] },
  unknownAfterMs: HOUR_MS,
  repeatCriticalMs: 4 * HOUR_MS,
  escalation: NO_ESCALATION,
  newId: () => "alert-2",
};
const open = (fields: Partial<Alert>): Alert =>
  anAlert({ verdict: degraded, severity: "critical", spokeAt: after(-4 * HOUR_MS), ...fields });
const next = (fields: Partial<Alert>, verdict = degraded) =>
  transition({ ...NEW_WATCH, verdict: degraded, alert: open(fields) }, verdict, NOW, rules);

describe("what people do with an alert", () => {
  it("an acknowledgement is kept, shown by an edit and recorded with the person, quietly", () => {
    const changed = acknowledge(anAlert({ revision: 3 }), ANN, NOW, NO_ESCALATION)?.alert;
    expect(changed).toMatchObject({ acknowledged, revision: 4 });
    expect(changed?.replies).toMatchObject([{ reason: "acknowledged", by: ANN, notice: false, revision: 4 }]);
  });

  it("a snooze keeps its end and its reason, and a later one takes its place", () => {
    expect(snooze(anAlert({ snoozed }), asked, NOW, NO_ESCALATION)?.alert).toMatchObject({
      snoozed: { ...asked, at: NOW },
    });
  });

  it.each([
    ["an answer", degraded, "degraded"],
    ["no answer", null, "unknown"],
  ] as const)(
    "a check by the button with %s is shown, recorded with the person, and calls nobody",
    (_name, found, to) => {
      const before = anAlert({ revision: 3, acknowledged });
      const change = checked(before, BEN, found, after(1));
      expect(change?.alert).toMatchObject({
        checked: { by: BEN, at: after(1) },
        revision: 4,
        acknowledged,
        spokeAt: NOW,
      });
      expect(change?.alert.replies).toMatchObject([
        { reason: "checked", by: BEN, notice: false, revision: 4, verdict: found },
      ]);
      expect(change?.history).toMatchObject([{ reason: "checked", by: BEN, at: after(1), from: to, to }]);
      expect(change?.notes).toEqual([]);
    },
  );

  it.each<[string, (alert: Alert) => AlertChange | undefined, Partial<Alert>]>([
    ["checking what is resolved", (alert) => checked(alert, BEN, degraded, NOW), { resolvedAt: NOW }],
    ["acknowledging twice", (alert) => acknowledge(alert, BEN, NOW, NO_ESCALATION), { acknowledged }],
    ["snoozing again just so", (alert) => snooze(alert, asked, NOW, NO_ESCALATION), { snoozed: { ...asked, at: NOW } }],
    ["recording the same check again", (alert) => checked(alert, BEN, null, NOW), { checked: { by: BEN, at: NOW } }],
    ["undoing what nobody did", (alert) => unacknowledge(alert, BEN, NOW), {}],
    ["waking what does not sleep", (alert) => unsnooze(alert, BEN, NOW), {}],
    ["snoozing into the past", (alert) => snooze(alert, { ...asked, until: NOW }, NOW, NO_ESCALATION), {}],
    ["acknowledging what is resolved", (alert) => acknowledge(alert, BEN, NOW, NO_ESCALATION), { resolvedAt: NOW }],
    ["snoozing what is resolved", (alert) => snooze(alert, asked, NOW, NO_ESCALATION), { resolvedAt: NOW }],
    ["undoing on what is resolved", (alert) => unacknowledge(alert, BEN, NOW), { resolvedAt: NOW, acknowledged }],
    ["waking what is resolved", (alert) => unsnooze(alert, BEN, NOW), { resolvedAt: NOW, snoozed }],
  ])("%s changes nothing", (_name, respond, fields) => {
    expect(respond(anAlert(fields))).toBeUndefined();
  });

  it("undoing and waking count reminders anew", () => {
    const old = { spokeAt: after(-DAY_MS) };
    expect(unacknowledge(anAlert({ ...old, acknowledged }), BEN, NOW)?.alert).toMatchObject({
      acknowledged: null,
      spokeAt: NOW,
    });
    expect(unsnooze(anAlert({ ...old, snoozed }), BEN, NOW)?.alert).toMatchObject({ snoozed: null, spokeAt: NOW });
  });

  it.each<[string, Partial<Alert>, boolean]>([
    ["nobody answered", {}, false],
    ["acknowledged", { acknowledged }, true],
    ["snoozed", { snoozed }, true],
  ])("reminders: %s", (_name, fields, hushed) => {
    expect(isHushed(anAlert(fields), NOW)).toBe(hushed);
    expect(next(fields).change).toEqual(hushed ? { kind: "none" } : { kind: "update", reason: "reminder" });
  });

  it.each<[string, Partial<Alert>, object]>([
    ["is said, with notice when it is critical", {}, { kind: "update", reason: "snooze_over" }],
    ["is shown without a word when somebody deals with it", { acknowledged }, { kind: "edit" }],
  ])("the end of a snooze %s", (_name, fields, change) => {
    const { state, change: changed, history } = next({ snoozed: { ...snoozed, until: NOW }, spokeAt: NOW, ...fields });
    expect(changed).toEqual(change);
    expect(state.alert).toMatchObject({ snoozed: null, criticalSince: NOW, revision: 2 });
    expect(state.alert?.replies.map(({ notice }) => notice)).toEqual("reason" in change ? [true] : []);
    expect(history.map(({ reason }) => reason)).toEqual("reason" in change ? ["snooze_over"] : []);
  });

  it("a warning speaks when its snooze ends, in its thread", () => {
    const expiring = anExpiring("7d", after(6 * DAY_MS));
    const alert = anAlert({ verdict: expiring, snoozed: { ...snoozed, until: NOW }, spokeAt: NOW });
    const told = { fingerprint: "aaaaaaaaaaaa", thresholds: ["7d"] };
    const { state, change } = transition({ ...NEW_WATCH, verdict: expiring, told, alert }, expiring, NOW, rules);
    expect(change).toEqual({ kind: "update", reason: "snooze_over" });
    expect(state.alert?.replies).toMatchObject([{ reason: "snooze_over", notice: false }]);
  });

  it("only so many words wait while Slack takes none", () => {
    let alert = anAlert();
    for (let turn = 0; turn < 60; turn++)
      alert =
        (turn % 2 === 0 ? acknowledge(alert, ANN, NOW, NO_ESCALATION) : unacknowledge(alert, ANN, NOW))?.alert ?? alert;
    expect(alert.replies).toHaveLength(20);
    expect(alert.replies.at(-1)?.revision).toBe(alert.revision);
  });

  it("a change for the worse ends both, a better one neither", () => {
    const both = { acknowledged, snoozed };
    const dead = aVerdict({ findings: [aFinding("revoked")] });
    expect(next(both, dead).state.alert).toMatchObject({ acknowledged: null, snoozed: null });
    const two = { findings: [aFinding("scope_missing"), aFinding("phone_unreachable", { objects: ["1"] })] };
    const shown = aVerdict(two);
    const better = transition(
      { ...NEW_WATCH, verdict: shown, alert: open({ ...both, verdict: shown }) },
      degraded,
      NOW,
      rules,
    );
    expect(better.change).toEqual({ kind: "update", reason: "better" });
    expect(better.state.alert).toMatchObject(both);
  });
});
