import type { Alert } from "../../watch/alert.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { personText, reasonText } from "../alert/response-text.ts";
import type { ShowTime } from "../moment.ts";

/**
 * A watch's open alert as of now: a snooze whose time has passed is none, though nothing has touched the alert since.
 * Undefined when none is open.
 */
export const openAlert = ({ state: { alert } }: Pick<WatchRecord, "state">, now: Date): Alert | undefined => {
  if (alert === null || alert.resolvedAt !== null) return undefined;
  const over = alert.snoozed !== null && alert.snoozed.until <= now;
  return over ? { ...alert, snoozed: null } : alert;
};

/** True while quiet hours hold the alert's message back: what is critical goes at once, what failed says why. */
export const isHeld = (record: WatchRecord, now: Date, quietUntil: Date | null): boolean =>
  quietUntil !== null && record.owed && record.undelivered === null && openAlert(record, now)?.severity === "warning";

/** What became of the open alert: held back, passed on, acknowledged, snoozed; a line each. */
export const alertRemarks = (
  record: WatchRecord,
  { now, quietUntil }: { readonly now: Date; readonly quietUntil: Date | null },
  show: ShowTime,
): readonly string[] => {
  const alert = openAlert(record, now);
  if (alert === undefined) return [];
  const { severity, openedAt, escalatedAt, acknowledged, snoozed } = alert;
  return [
    `${severity === "critical" ? "Critical alert" : "Alert"} open since ${show(openedAt)}`,
    ...(quietUntil !== null && isHeld(record, now, quietUntil)
      ? [`Its alert is held back by the quiet hours until ${show(quietUntil)}`]
      : []),
    ...(escalatedAt === null ? [] : [`Nobody answered, so it was passed on ${show(escalatedAt)}`]),
    ...(acknowledged === null ? [] : [`Acknowledged by ${personText(acknowledged.by)}, ${show(acknowledged.at)}`]),
    ...(snoozed === null
      ? []
      : [`Snoozed by ${personText(snoozed.by)} until ${show(snoozed.until)}: ${reasonText(snoozed)}`]),
  ];
};
