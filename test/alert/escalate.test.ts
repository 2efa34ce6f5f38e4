import { describe, expect, it } from "vitest";
import type { Verdict } from "../../src/token/verdict.ts";
import { type Alert, NEW_WATCH } from "../../src/alert/alert.ts";
import { nextReplyTimes } from "../../src/alert/next-reply.ts";
import { respond } from "../../src/alert/respond.ts";
import type { AlertRules } from "../../src/alert/alert-rules.ts";
import { transition } from "../../src/alert/transition.ts";
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
  anAlert({
    verdict: degraded,
    criticalSince: after(-HOUR),
    spokeAt: after(-HOUR),
    acceptedAt: after(-HOUR),
    ...fields,
  });
const next = (fields: Partial<Alert> = {}, verdict: Verdict = degraded, by: Partial<AlertRules> = {}) =>
  transition({ ...NEW_WATCH, verdict: degraded, alert: waiting(fields) }, verdict, NOW, { ...rules, ...by });

describe("a critical alert that nobody answers", () => {
  it("escalates to on-call, with a reply without notice, a message and a line of history", () => {
    const { state, change, replies: words, messages, history } = next();
    expect(change).toEqual({ kind: "update", reason: "escalated" });
    expect(state.alert).toMatchObject({ escalatedAt: NOW, spokeAt: after(-HOUR), revision: 2 });
    expect(words).toMatchObject([{ reason: "escalated", notice: false }]);
    expect(messages).toMatchObject([
      { id: "message-1", kind: "escalation", alerts: ["alert-1"], severity: "critical", at: NOW, body: null },
    ]);
    expect(history).toMatchObject([{ reason: "escalated", from: "degraded", to: "degraded" }]);
  });

  it.each<[string, Partial<Alert>, readonly string[], readonly string[]]>([
    [
      "first the escalation routes, then the owner and the channel",
      {},
      ["C0000000099"],
      ["C0000000099", "U0123456789", "C0123456789"],
    ],
    ["each route once", {}, ["C0123456789", "U0123456789"], ["C0123456789", "U0123456789"]],
    ["no owner when there is none", { card: aCard({ owner: undefined }) }, ["U1", "C2"], ["U1", "C2", "C0123456789"]],
  ])("tries routes in this order: %s", (_name, fields, routes, expected) => {
    const { messages } = next(fields, degraded, {
      card: fields.card ?? rules.card,
      escalation: anEscalation({ routes }),
    });
    expect(messages.map((message) => message.routes)).toEqual([expected]);
  });

  it("escalates even while Graph does not answer", () => {
    expect(next({}, anUnknown()).change).toEqual({ kind: "update", reason: "escalated" });
  });

  it.each<[string, Partial<Alert>, Partial<AlertRules>]>([
    ["too soon", { criticalSince: after(-HOUR + 1) }, {}],
    ["acknowledged", { acknowledged: { by: ANN, at: NOW } }, {}],
    ["snoozed", { snoozed: { by: ANN, at: NOW, until: after(1), reason: "" } }, {}],
    ["escalated before", { escalatedAt: after(-1) }, {}],
    ["no escalation is configured", {}, { escalation: anEscalation({ routes: [] }) }],
    ["Slack has not accepted it", { acceptedAt: null, criticalSince: after(-30 * HOUR) }, {}],
    ["Slack accepted it too recently", { acceptedAt: after(-HOUR + 1), criticalSince: after(-30 * HOUR) }, {}],
  ])("does not escalate: %s", (_name, fields, by) => {
    const { change, messages } = next(fields, degraded, by);
    expect(change).toEqual({ kind: "none" });
    expect(messages).toEqual([]);
  });

  it("escalates again when it gets worse and nobody answers again", () => {
    const worse = aVerdict({ findings: [aFinding("scope_missing"), aFinding("wrong_app")] });
    const { state, messages } = next({ escalatedAt: after(-1) }, worse);
    expect(messages).toEqual([]);
    expect(state.alert).toMatchObject({ escalatedAt: after(-1), criticalSince: NOW });
    const again = transition(state, worse, after(HOUR), rules);
    expect(again.messages).toMatchObject([{ kind: "escalation" }]);
    expect(transition(again.state, worse, after(3 * HOUR), rules).messages).toEqual([]);
  });

  it("sends a reminder too when both are due at once", () => {
    const { change, replies: words } = next({ spokeAt: after(-4 * HOUR), criticalSince: after(-4 * HOUR) });
    expect(change).toEqual({ kind: "update", reason: "reminder" });
    expect(words.map(({ reason }) => reason)).toEqual(["reminder", "escalated"]);
  });

  it("sends no new message for an answer or the end, because the escalation stays current", () => {
    const gone = waiting({ escalatedAt: after(-1) });
    for (const deed of [{ kind: "acknowledge" }, { kind: "snooze", until: after(HOUR), reason: "later" }] as const)
      expect(respond(gone, ANN, deed, NOW)?.messages).toEqual([]);
    expect(next({ escalatedAt: after(-1) }, aVerdict()).messages).toEqual([]);
  });

  it.each<[string, Partial<Alert>]>([
    ["it became critical or was reopened", { criticalSince: NOW, acceptedAt: after(-9 * HOUR) }],
    ["Slack accepted its message", { acceptedAt: NOW, criticalSince: after(-9 * HOUR) }],
    [
      "a snooze ended",
      { snoozed: { by: ANN, at: after(-HOUR), until: NOW, reason: "" }, criticalSince: after(-9 * HOUR) },
    ],
  ])("waits the full time from when %s", (_name, fields) => {
    const { state, messages } = next(fields);
    expect(messages).toEqual([]);
    expect(transition(state, degraded, after(HOUR - 1), rules).messages).toEqual([]);
    expect(transition(state, degraded, after(HOUR), rules).messages).toMatchObject([{ kind: "escalation" }]);
  });

  it("waits again after a snooze, and then escalates", () => {
    const over = { by: ANN, at: after(-2 * HOUR), until: after(-1), reason: "" };
    const { state, change, messages } = next({ snoozed: over });
    expect(change).toEqual({ kind: "update", reason: "snooze_over" });
    expect(messages).toEqual([]);
    expect(transition(state, degraded, after(HOUR), rules).messages).toMatchObject([{ kind: "escalation" }]);
  });

  it("waits the full time again after a person withdraws an answer", () => {
    const answered = waiting({ escalatedAt: after(-1), acknowledged: { by: ANN, at: NOW } });
    const back = respond(answered, ANN, { kind: "unacknowledge" }, NOW)?.alert;
    expect(back).toMatchObject({ criticalSince: NOW });
    expect(nextReplyTimes({ ...NEW_WATCH, verdict: degraded, alert: back ?? null }, rules, NOW)).toContainEqual(
      after(HOUR),
    );
  });
});

describe("the times at which a watch is checked for a reply", () => {
  const words = (fields: Partial<Alert>, verdict = degraded): readonly Date[] =>
    nextReplyTimes(
      { ...NEW_WATCH, verdict, alert: waiting({ verdict, acceptedAt: after(-HOUR), ...fields }) },
      rules,
      NOW,
    );

  it.each<[string, Partial<Alert>, readonly Date[]]>([
    ["nobody answered: reminder and escalation", {}, [after(3 * HOUR), NOW]],
    ["not in Slack yet: the wait for an answer counts from now", { acceptedAt: null }, [after(3 * HOUR), after(HOUR)]],
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

  it("the day before the expiry, when no threshold is one day", () => {
    const token = { expiry: { kind: "at", at: after(100 * HOUR) } } as const;
    const by = { ...rules, policy: aPolicy({ warnAt: [{ text: "7d", ms: 168 * HOUR }] }) };
    expect(nextReplyTimes({ ...NEW_WATCH, verdict: aVerdict({ token }) }, by, NOW)).toEqual([after(76 * HOUR)]);
    expect(nextReplyTimes({ ...NEW_WATCH, verdict: aVerdict({ token }) }, rules, NOW)).toEqual([]);
  });
});
