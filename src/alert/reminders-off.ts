import type { Alert } from "./alert.ts";

/** True while reminders are off: acknowledged, or snoozed until a later time. */
export function areRemindersOff(alert: Pick<Alert, "acknowledged" | "snoozed">, now: Date): boolean {
  return alert.acknowledged !== null || (alert.snoozed !== null && alert.snoozed.until.getTime() > now.getTime());
}

/** True when a person acknowledged the alert, or snoozed it, even if the snooze is over now. */
export function hasResponse({ acknowledged, snoozed }: Pick<Alert, "acknowledged" | "snoozed">): boolean {
  return acknowledged !== null || snoozed !== null;
}

/** True for an open alert without a response from a person. */
export function needsResponse(alert: Pick<Alert, "acknowledged" | "snoozed" | "resolvedAt">, now: Date): boolean {
  return alert.resolvedAt === null && !areRemindersOff(alert, now);
}
