import type { Verdict } from "../token/verdict.ts";
import type { Alert, Reason, Snooze } from "./alert.ts";
import { addReply, editAlert } from "./change-alert.ts";
import { type Escalation, escalationOver } from "./escalate.ts";
import { isHushed } from "./hushed.ts";
import type { AlertChange } from "./ports.ts";
import { recordAnswer } from "./record.ts";

/** A person's answer to an alert, at a time. */
interface Answer {
  /** Slack user id. */
  readonly by: string;
  readonly at: Date;
  readonly reason: Reason;
  readonly snooze?: Pick<Snooze, "until" | "reason">;
}

/** The message changes, and thread and history record who did what; nobody else is told. */
const record = (alert: Alert, fields: Partial<Alert>, { by, at, reason, snooze }: Answer): AlertChange => {
  const changed = editAlert(alert, fields);
  const reply = { revision: changed.revision, reason, at, notice: false, verdict: changed.verdict, by };
  const said = { reason, by, remark: snooze?.reason ?? null, until: snooze?.until ?? null };
  return {
    alert: { ...changed, replies: addReply(changed.replies, reply) },
    history: [recordAnswer(changed, said, at)],
    notes: [],
  };
};

/** Those whom the alert went to hear of the first answer to it. */
const hush = (before: Alert, change: AlertChange, escalation: Escalation, now: Date): AlertChange =>
  isHushed(before, now) ? change : { ...change, notes: escalationOver(change.alert, escalation, now) };

/** It is nobody's again: reminders and escalation count from now. */
const unanswered = (alert: Alert, now: Date): Partial<Alert> => ({
  spokeAt: now,
  criticalSince: alert.severity === "critical" ? now : null,
});

const isOpen = (alert: Alert): boolean => alert.resolvedAt === null;

/** Somebody has seen it: no more reminders until it gets worse. Undefined when it is resolved or theirs already. */
export const acknowledge = (alert: Alert, by: string, now: Date, escalation: Escalation): AlertChange | undefined => {
  if (!isOpen(alert) || alert.acknowledged !== null) return undefined;
  const change = record(alert, { acknowledged: { by, at: now } }, { by, at: now, reason: "acknowledged" });
  return hush(alert, change, escalation, now);
};

/** Takes an acknowledgement back, whoever gave it; reminders count from now. */
export const unacknowledge = (alert: Alert, by: string, now: Date): AlertChange | undefined =>
  !isOpen(alert) || alert.acknowledged === null
    ? undefined
    : record(alert, { acknowledged: null, ...unanswered(alert, now) }, { by, at: now, reason: "unacknowledged" });

/** No reminders until a time; a later snooze takes the place of an earlier one. */
export const snooze = (
  alert: Alert,
  asked: Pick<Snooze, "by" | "until" | "reason">,
  now: Date,
  escalation: Escalation,
): AlertChange | undefined => {
  if (!isOpen(alert) || asked.until.getTime() <= now.getTime()) return undefined;
  const answer = { by: asked.by, at: now, reason: "snoozed", snooze: asked } as const;
  return hush(alert, record(alert, { snoozed: { ...asked, at: now } }, answer), escalation, now);
};

/** Ends a snooze before its time; reminders count from now. */
export const unsnooze = (alert: Alert, by: string, now: Date): AlertChange | undefined =>
  !isOpen(alert) || alert.snoozed === null
    ? undefined
    : record(alert, { snoozed: null, ...unanswered(alert, now) }, { by, at: now, reason: "unsnoozed" });

/**
 * Somebody had it checked, and it is open still: thread, message and history tell the others, nobody is called.
 * @param found what the check answered; null when it gave no answer
 */
export const checked = (alert: Alert, by: string, found: Verdict | null, now: Date): AlertChange | undefined => {
  if (!isOpen(alert)) return undefined;
  const changed = editAlert(alert, { checked: { by, at: now } });
  const reply = { revision: changed.revision, reason: "checked", at: now, notice: false, verdict: found, by } as const;
  const state = found?.state ?? "unknown";
  return {
    alert: { ...changed, replies: addReply(changed.replies, reply) },
    history: [{ ...recordAnswer(changed, { reason: "checked", by }, now), from: state, to: state }],
    notes: [],
  };
};
