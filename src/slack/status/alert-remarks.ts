import type { Alert } from "../../watch/alert.ts";
import type { Undelivered } from "../../watch/outbox.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { personText, reasonText } from "../alert/response-text.ts";
import type { ShowTime } from "../moment.ts";
import { channelText, refusalText } from "./watch-lines.ts";

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

export interface RemarkOptions {
  readonly now: Date;
  /** The end of the quiet hours; null outside them. */
  readonly quietUntil: Date | null;
  /** What Slack does not have yet, of all watches. */
  readonly undelivered: readonly Undelivered[];
}

/** That nobody answered. On-call counts as told once Slack has the message. */
const escalatedText = (name: string, at: Date, { undelivered }: RemarkOptions, show: ShowTime): string => {
  const said = `Escalated ${show(at)}: nobody had answered`;
  const waiting = undelivered.find(({ watch, kind }) => kind === "escalation" && (watch ?? name) === name);
  if (waiting === undefined) return said;
  const { channel, error } = waiting;
  const why = error === null ? "" : `: ${channelText(channel)} did not take it, ${refusalText(error)}`;
  return `${said}, but on-call has not been told yet${why}`;
};

/** What became of the open alert: held back, escalated, taken, snoozed; a line each. */
export const alertRemarks = (record: WatchRecord, options: RemarkOptions, show: ShowTime): readonly string[] => {
  const { now, quietUntil } = options;
  const alert = openAlert(record, now);
  if (alert === undefined) return [];
  const { severity, openedAt, escalatedAt, acknowledged, snoozed } = alert;
  return [
    `${severity === "critical" ? "Critical alert" : "Alert"} open since ${show(openedAt)}`,
    ...(quietUntil !== null && isHeld(record, now, quietUntil)
      ? [`Its alert is held back by the quiet hours until ${show(quietUntil)}`]
      : []),
    ...(escalatedAt === null ? [] : [escalatedText(record.name, escalatedAt, options, show)]),
    ...(acknowledged === null ? [] : [`Taken by ${personText(acknowledged.by)}, ${show(acknowledged.at)}`]),
    ...(snoozed === null
      ? []
      : [`Snoozed by ${personText(snoozed.by)} until ${show(snoozed.until)}: ${reasonText(snoozed)}`]),
  ];
};
