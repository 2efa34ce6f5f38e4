import type { Alert } from "./alert.ts";

/** True while reminders are off: acknowledged, or snoozed until a later time. */
export function areRemindersOff(alert: Pick<Alert, "acknowledged" | "snoozed">, now: Date): boolean {
  return alert.acknowledged !== null || (alert.snoozed !== null && alert.snoozed.until.getTime() > now.getTime());
}

/** True for an open alert without a response from a person. */
export function needsResponse(alert: Pick<Alert, "acknowledged" | "snoozed" | "resolvedAt">, now: Date): boolean {
  return alert.resolvedAt === null && !areRemindersOff(alert, now);
}
