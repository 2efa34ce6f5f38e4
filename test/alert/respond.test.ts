import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/token/duration.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import type { Alert } from "../../src/alert/alert.ts";
import { areRemindersOff } from "../../src/alert/reminders-off.ts";
import { type Action, respond } from "../../src/alert/respond.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { transition } from "../../src/alert/transition.ts";
import { aCard, NO_ESCALATION, anExpiring, aFinding, after, anAlert, aVerdict, NOW } from "../support/builders.ts";
import { NEW_WATCH } from "../../src/alert/alert.ts";

const ANN = "U0000000001";
const BEN = "U0000000002";
const acknowledged = { by: ANN, at: NOW };
const snoozed = { by: ANN, at: NOW, until: after(HOUR_MS), reason: "rotation at noon" };
const asked = { until: after(DAY_MS), reason: "on it" };
const check = (found: Verdict | null, id = "alert-1"): Action => ({ kind: "checked", found: new Map([[id, found]]) });

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

describe("people's actions on an alert", () => {
  it("an acknowledgement is saved, shown by an edit and recorded with the person, without a notice", () => {
    const change = respond(anAlert({ revision: 3 }), ANN, { kind: "acknowledge" }, NOW);
    expect(change?.alert).toMatchObject({ acknowledged, revision: 4 });
    expect(change?.replies).toMatchObject([{ reason: "acknowledged", by: ANN, notice: false }]);
    expect(change?.messages).toEqual([]);
  });

  it("a snooze keeps its end and its reason, and a later snooze replaces it", () => {
    expect(respond(anAlert({ snoozed }), BEN, { kind: "snooze", ...asked }, NOW)?.alert).toMatchObject({
      snoozed: { ...asked, by: BEN, at: NOW },
    });
  });

  it.each([
    ["an answer", degraded, "degraded"],
    ["no answer", null, "unknown"],
  ] as const)(
    "a check by the button with %s is shown and recorded with the person, without a notice",
    (_name, found, to) => {
      const before = anAlert({ revision: 3, acknowledged });
      const change = respond(before, BEN, check(found), after(1));
      expect(change?.alert).toMatchObject({
        checked: { by: BEN, at: after(1) },
        revision: 4,
        acknowledged,
        spokeAt: NOW,
      });
      expect(change?.replies).toMatchObject([{ reason: "checked", by: BEN, notice: false, verdict: found }]);
      expect(change?.history).toMatchObject([{ reason: "checked", by: BEN, at: after(1), from: to, to }]);
      expect(change?.messages).toEqual([]);
    },
  );

  it.each<[string, Action, Partial<Alert>]>([
    ["checking a resolved alert", check(degraded), { resolvedAt: NOW }],
    ["a check of other alerts", check(degraded, "alert-9"), {}],
    ["acknowledging twice", { kind: "acknowledge" }, { acknowledged }],
    ["snoozing again with the same values", { kind: "snooze", ...asked }, { snoozed: { ...asked, by: BEN, at: NOW } }],
    ["recording the same check again", check(null), { checked: { by: BEN, at: NOW } }],
    ["undoing a missing acknowledgement", { kind: "unacknowledge" }, {}],
    ["undoing another press", { kind: "unacknowledge", given: after(1) }, { acknowledged }],
    ["ending a missing snooze", { kind: "unsnooze" }, {}],
    ["ending the snooze of another press", { kind: "unsnooze", begun: after(1) }, { snoozed }],
    ["snoozing into the past", { kind: "snooze", ...asked, until: NOW }, {}],
    ["acknowledging a resolved alert", { kind: "acknowledge" }, { resolvedAt: NOW }],
    ["snoozing a resolved alert", { kind: "snooze", ...asked }, { resolvedAt: NOW }],
    ["undoing on a resolved alert", { kind: "unacknowledge" }, { resolvedAt: NOW, acknowledged }],
    ["ending the snooze of a resolved alert", { kind: "unsnooze" }, { resolvedAt: NOW, snoozed }],
  ])("%s changes nothing", (_name, deed, fields) => {
    expect(respond(anAlert(fields), BEN, deed, NOW)).toBeUndefined();
  });

  it("undoing one press reverts only that press", () => {
    const back = respond(anAlert({ acknowledged }), BEN, { kind: "unacknowledge", given: NOW }, NOW);
    expect(back?.alert.acknowledged).toBeNull();
    expect(respond(anAlert({ snoozed }), BEN, { kind: "unsnooze", begun: NOW }, NOW)?.alert.snoozed).toBeNull();
  });

  it("undoing and ending a snooze start the wait for reminders again", () => {
    const old = { spokeAt: after(-DAY_MS) };
    expect(respond(anAlert({ ...old, acknowledged }), BEN, { kind: "unacknowledge" }, NOW)?.alert).toMatchObject({
      acknowledged: null,
      spokeAt: NOW,
    });
    expect(respond(anAlert({ ...old, snoozed }), BEN, { kind: "unsnooze" }, NOW)?.alert).toMatchObject({
      snoozed: null,
      spokeAt: NOW,
    });
  });

  it.each<[string, Partial<Alert>, boolean]>([
    ["nobody answered", {}, false],
    ["acknowledged", { acknowledged }, true],
    ["snoozed", { snoozed }, true],
  ])("reminders: %s", (_name, fields, off) => {
    expect(areRemindersOff(anAlert(fields), NOW)).toBe(off);
    expect(next(fields).change).toEqual(off ? { kind: "none" } : { kind: "update", reason: "reminder" });
  });

  it.each<[string, Partial<Alert>, object]>([
    ["is announced, with a notice when the alert is critical", {}, { kind: "update", reason: "snooze_over" }],
    ["is shown without a reply when a person acknowledged the alert", { acknowledged }, { kind: "edit" }],
  ])("the end of a snooze %s", (_name, fields, change) => {
    const {
      state,
      change: changed,
      replies: words,
      history,
    } = next({ snoozed: { ...snoozed, until: NOW }, spokeAt: NOW, ...fields });
    expect(changed).toEqual(change);
    expect(state.alert).toMatchObject({ snoozed: null, criticalSince: NOW, revision: 2 });
    expect(words.map(({ notice }) => notice)).toEqual("reason" in change ? [true] : []);
    expect(history.map(({ reason }) => reason)).toEqual("reason" in change ? ["snooze_over"] : []);
  });

  it("a warning gets a reply in its thread when its snooze ends", () => {
    const expiring = anExpiring("7d", after(6 * DAY_MS));
    const alert = anAlert({ verdict: expiring, snoozed: { ...snoozed, until: NOW }, spokeAt: NOW });
    const told = { fingerprint: "aaaaaaaaaaaa", thresholds: ["7d"] };
    const { replies: words, change } = transition(
      { ...NEW_WATCH, verdict: expiring, told, alert },
      expiring,
      NOW,
      rules,
    );
    expect(change).toEqual({ kind: "update", reason: "snooze_over" });
    expect(words).toMatchObject([{ reason: "snooze_over", notice: false }]);
  });

  it("a change for the worse clears acknowledgement and snooze, and an improvement keeps them", () => {
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
