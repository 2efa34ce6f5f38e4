import type { Alert, Reason, Snooze } from "./alert.ts";
import { editAlert } from "./change-alert.ts";

/** The message changes and its thread records who did what; nobody else is told. */
const record = (alert: Alert, fields: Partial<Alert>, reason: Reason, by: string, now: Date): Alert => {
  const changed = editAlert(alert, fields);
  const reply = { revision: changed.revision, reason, at: now, notice: false, verdict: changed.verdict, by };
  return { ...changed, replies: [...changed.replies, reply] };
};

const isOpen = (alert: Alert): boolean => alert.resolvedAt === null;

/** Somebody has seen it: no more reminders until it gets worse. Undefined when it is resolved or theirs already. */
export const acknowledge = (alert: Alert, by: string, now: Date): Alert | undefined =>
  !isOpen(alert) || alert.acknowledged !== null
    ? undefined
    : record(alert, { acknowledged: { by, at: now } }, "acknowledged", by, now);

/** Takes an acknowledgement back, whoever gave it; reminders count from now. */
export const unacknowledge = (alert: Alert, by: string, now: Date): Alert | undefined =>
  !isOpen(alert) || alert.acknowledged === null
    ? undefined
    : record(alert, { acknowledged: null, spokeAt: now }, "unacknowledged", by, now);

/** No reminders until a time; a later snooze takes the place of an earlier one. */
export const snooze = (alert: Alert, asked: Pick<Snooze, "by" | "until" | "reason">, now: Date): Alert | undefined =>
  !isOpen(alert) || asked.until.getTime() <= now.getTime()
    ? undefined
    : record(alert, { snoozed: { ...asked, at: now } }, "snoozed", asked.by, now);

/** Ends a snooze before its time; reminders count from now. */
export const unsnooze = (alert: Alert, by: string, now: Date): Alert | undefined =>
  !isOpen(alert) || alert.snoozed === null
    ? undefined
    : record(alert, { snoozed: null, spokeAt: now }, "unsnoozed", by, now);

/** True while nobody wants to be reminded: acknowledged, or snoozed to a time that has not come. */
export const isHushed = (alert: Alert, now: Date): boolean =>
  alert.acknowledged !== null || (alert.snoozed !== null && alert.snoozed.until.getTime() > now.getTime());
