import type { Spans } from "../../guide/rich-text.ts";
import { words } from "../../words/words.ts";
import type { Alert } from "../../alert/alert.ts";
import type { Undelivered } from "../../outbox/outbox.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { refusalText } from "./watch-lines.ts";

/**
 * The watch's open alert; undefined when none is open. A snooze that has ended is left out, although the store still
 * has it.
 */
export function openAlert({ state: { alert } }: Pick<WatchRecord, "state">, now: Date): Alert | undefined {
  if (alert === null || alert.resolvedAt !== null) return undefined;
  const over = alert.snoozed !== null && alert.snoozed.until <= now;
  return over ? { ...alert, snoozed: null } : alert;
}

export interface RemarkOptions {
  readonly now: Date;
  /** The end of the quiet hours; null outside them. */
  readonly quietUntil: Date | null;
  /** Messages that Slack has not accepted yet, for all watches. */
  readonly undelivered: readonly Undelivered[];
}

/** Remarks about the open alert, one line each: delayed, escalated, acknowledged, snoozed. */
export function alertRemarks(record: WatchRecord, options: RemarkOptions): readonly Spans[] {
  const { now, quietUntil } = options;
  const alert = openAlert(record, now);
  if (alert === undefined) return [];
  const { severity, openedAt, escalatedAt, acknowledged, snoozed } = alert;
  return [
    words.alerts.openSince(severity, openedAt),
    ...(quietUntil !== null && isHeld(record, now, quietUntil) ? [said.held(quietUntil)] : []),
    ...(escalatedAt === null ? [] : [escalatedLine(record.name, escalatedAt, options)]),
    ...(acknowledged === null ? [] : [said.acknowledged(acknowledged.by, acknowledged.at)]),
    ...(snoozed === null ? [] : [words.alerts.snoozed(snoozed.by, snoozed.until, snoozed.reason)]),
  ];
}

const said = words.status.alert;

/**
 * True while quiet hours delay the alert's message. They never delay a critical alert. A failed delivery shows its
 * error instead.
 */
function isHeld(record: WatchRecord, now: Date, quietUntil: Date | null): boolean {
  return (
    quietUntil !== null && record.owed && record.undelivered === null && openAlert(record, now)?.severity === "warning"
  );
}

/** The line says "escalated" without a remark only after Slack accepted the message of the escalation. */
function escalatedLine(name: string, at: Date, { undelivered }: RemarkOptions): Spans {
  const escalated = said.escalated(at);
  const waiting = undelivered.find(({ watch, kind }) => kind === "escalation" && (watch ?? name) === name);
  if (waiting === undefined) return escalated;
  const { channel, error } = waiting;
  return error === null
    ? said.notEscalatedYet(escalated)
    : said.refusedEscalation(escalated, words.status.placeWithId(channel), refusalText(error));
}
