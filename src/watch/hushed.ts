import type { Alert } from "./alert.ts";

/** True while nobody wants to be reminded: acknowledged, or snoozed to a time that has not come. */
export const isHushed = (alert: Pick<Alert, "acknowledged" | "snoozed">, now: Date): boolean =>
  alert.acknowledged !== null || (alert.snoozed !== null && alert.snoozed.until.getTime() > now.getTime());

/** True for an alert that somebody still has to answer. */
export const isAwaited = (alert: Pick<Alert, "acknowledged" | "snoozed" | "resolvedAt">, now: Date): boolean =>
  alert.resolvedAt === null && !isHushed(alert, now);
