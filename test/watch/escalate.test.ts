import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH } from "../../src/watch/alert.ts";
import { nextWords } from "../../src/watch/next-word.ts";
import { acknowledge, snooze, unacknowledge } from "../../src/watch/respond.ts";
import type { AlertRules } from "../../src/watch/alert-rules.ts";
import { transition } from "../../src/watch/transition.ts";
import {
  aCard,
  aFinding,
  after,
  anAlert,
  anEscalation,
  anUnknown,
  aPolicy,
  aVerdict,
  NOW,
} from "../support/builders.ts";

const HOUR = 3_600_000;
const ANN = "U0000000001";
const escalation = anEscalation();
const degraded = aVerdict({ findings: [aFinding("scope_missing")] });
const rules: AlertRules = {
  card: aCard(),
  policy: aPolicy(),
  unknownAfterMs: HOUR,
  repeatCriticalMs: 4 * HOUR,
  escalation,
  newId: () => "alert-2",
};
const waiting = (fields: Partial<Alert> = {}): Alert =>
  anAlert({ verdict: degraded, criticalSince: after(-HOUR), spokeAt: after(-HOUR), ...fields });
const next = (fields: Partial<Alert> = {}, verdict: Verdict = degraded, by: Partial<AlertRules> = {}) =>
  transition({ ...NEW_WATCH, verdict: degraded, alert: waiting(fields) }, verdict, NOW, { ...rules, ...by });

describe("a critical alert that nobody answers", () => {
  it("goes to those who come next, with a quiet word in the thread, a note and a line of history", () => {
    const { state, change, notes, history } = next();
    expect(change).toEqual({ kind: "update", reason: "escalated" });
    expect(state.alert).toMatchObject({ escalatedAt: NOW, spokeAt: after(-HOUR), revision: 2 });
    expect(state.alert?.replies).toMatchObject([{ reason: "escalated", notice: false, revision: 2 }]);
    expect(notes).toMatchObject([{ id: "note-1", severity: "critical", at: NOW, body: { kind: "escalation" } }]);
    expect(history).toMatchObject([{ reason: "escalated", from: "degraded", to: "degraded" }]);
  });

  it.each<[string, Partial<Alert>, readonly string[], readonly string[]]>([
    ["then", {}, ["C0000000099"], ["C0000000099", "U0123456789", "C0123456789"]],
    ["each once", {}, ["C0123456789", "U0123456789"], ["C0123456789", "U0123456789"]],
    ["as far as there is one", { card: aCard({ owner: undefined }) }, ["U1", "C2"], ["U1", "C2", "C0123456789"]],
  ])("ends with its owner and its own channel when nobody else takes it: %s", (_name, fields, routes, expected) => {
    const { notes } = next(fields, degraded, { card: fields.card ?? rules.card, escalation: anEscalation({ routes }) });
    expect(notes.map((note) => note.routes)).toEqual([expected]);
  });

  it("goes to them while Graph does not answer, too", () => {
    expect(next({}, anUnknown()).change).toEqual({ kind: "update", reason: "escalated" });
  });

  it.each<[string, Partial<Alert>, Partial<AlertRules>]>([
    ["too soon", { criticalSince: after(-HOUR + 1) }, {}],
    ["acknowledged", { acknowledged: { by: ANN, at: NOW } }, {}],
    ["snoozed", { snoozed: { by: ANN, at: NOW, until: after(1), reason: "" } }, {}],
    ["escalated before", { escalatedAt: after(-1) }, {}],
    ["nobody comes next", {}, { escalation: anEscalation({ routes: [] }) }],
  ])("stays where it is: %s", (_name, fields, by) => {
    const { change, notes } = next(fields, degraded, by);
    expect(change).toEqual({ kind: "none" });
    expect(notes).toEqual([]);
  });

  it("goes on again when it got worse and again nobody answered", () => {
    const worse = aVerdict({ findings: [aFinding("scope_missing"), aFinding("wrong_app")] });
    const { state, notes } = next({ escalatedAt: after(-1) }, worse);
    expect(notes).toEqual([]);
    expect(state.alert).toMatchObject({ escalatedAt: after(-1), criticalSince: NOW });
    const again = transition(state, worse, after(HOUR), rules);
    expect(again.notes).toMatchObject([{ body: { kind: "escalation" } }]);
    expect(transition(again.state, worse, after(3 * HOUR), rules).notes).toEqual([]);
  });

  it("keeps its reminders going when both come at once", () => {
    const { state, change } = next({ spokeAt: after(-4 * HOUR), criticalSince: after(-4 * HOUR) });
    expect(change).toEqual({ kind: "update", reason: "reminder" });
    expect(state.alert?.replies.map(({ reason }) => reason)).toEqual(["reminder", "escalated"]);
  });

  it("those who were told hear that somebody answered, that it is over, and of no second answer", () => {
    const gone = waiting({ escalatedAt: after(-1) });
    const over = [{ body: { kind: "escalation_over" } }];
    const taken = acknowledge(gone, ANN, NOW, escalation);
    expect(taken?.notes).toMatchObject(over);
    const asked = { by: ANN, until: after(HOUR), reason: "later" };
    expect(snooze(gone, asked, NOW, escalation)?.notes).toMatchObject(over);
    expect(snooze(taken?.alert ?? gone, asked, NOW, escalation)?.notes).toEqual([]);
    expect(next({ escalatedAt: after(-1) }, aVerdict()).notes).toMatchObject(over);
    const worsened = waiting({ escalatedAt: after(-1), criticalSince: NOW });
    expect(acknowledge(worsened, ANN, NOW, escalation)?.notes).toMatchObject(over);
    expect(acknowledge(waiting(), ANN, NOW, escalation)?.notes).toEqual([]);
  });

  it("waits anew after a snooze, and goes on then", () => {
    const over = { by: ANN, at: after(-2 * HOUR), until: after(-1), reason: "" };
    const { state, change, notes } = next({ snoozed: over });
    expect(change).toEqual({ kind: "update", reason: "snooze_over" });
    expect(notes).toEqual([]);
    expect(transition(state, degraded, after(HOUR), rules).notes).toMatchObject([{ body: { kind: "escalation" } }]);
  });

  it("an answer taken back counts anew", () => {
    const answered = waiting({ escalatedAt: after(-1), acknowledged: { by: ANN, at: NOW } });
    const back = unacknowledge(answered, ANN, NOW)?.alert;
    expect(back).toMatchObject({ criticalSince: NOW });
    expect(nextWords({ ...NEW_WATCH, verdict: degraded, alert: back ?? null }, rules)).toContainEqual(after(HOUR));
  });
});

describe("the instants at which a watch is looked at for the sake of a word", () => {
  const words = (fields: Partial<Alert>, verdict = degraded): readonly Date[] =>
    nextWords({ ...NEW_WATCH, verdict, alert: waiting({ verdict, ...fields }) }, rules);

  it.each<[string, Partial<Alert>, readonly Date[]]>([
    ["nobody answered: reminder and escalation", {}, [after(3 * HOUR), NOW]],
    ["acknowledged: none", { acknowledged: { by: ANN, at: NOW } }, []],
    [
      "snoozed: its end, and the escalation after it",
      { snoozed: { by: ANN, at: NOW, until: after(5 * HOUR), reason: "" } },
      [after(5 * HOUR), after(6 * HOUR)],
    ],
    ["resolved: none", { resolvedAt: NOW }, []],
    ["a warning: none", { severity: "warning" }, []],
  ])("%s", (_name, fields, expected) => {
    expect(words(fields)).toEqual(expected);
  });

  it("the day before the end, where no threshold is one day", () => {
    const token = { expiry: { kind: "at", at: after(100 * HOUR) } } as const;
    const by = { ...rules, policy: aPolicy({ warnAt: [{ text: "7d", ms: 168 * HOUR }] }) };
    expect(nextWords({ ...NEW_WATCH, verdict: aVerdict({ token }) }, by)).toEqual([after(76 * HOUR)]);
    expect(nextWords({ ...NEW_WATCH, verdict: aVerdict({ token }) }, rules)).toEqual([]);
  });
});
