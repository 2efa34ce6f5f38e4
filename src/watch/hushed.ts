import type { Alert } from "./alert.ts";

/** True while nobody wants to be reminded: acknowledged, or snoozed to a time that has not come. */
export const isHushed = (alert: Pick<Alert, "acknowledged" | "snoozed">, now: Date): boolean =>
  alert.acknowledged !== null || (alert.snoozed !== null && alert.snoozed.until.getTime() > now.getTime());
