import type { Alert, Reason } from "../alert/alert.ts";
import { needsResponse } from "../alert/reminders-off.ts";
import type { Owed, Shown } from "./message.ts";

/** Replies that announce the end of a problem. */
export const ENDS: readonly Reason[] = ["recovered", "rotated", "unwatched"];

/** True for a reply that announces the end of a problem. */
export function isEnd({ what }: Pick<Owed, "what">): boolean {
  return ENDS.some((end) => end === what);
}

/** True for a row with a reply in a thread. */
export function isReply({ reply, entry }: Owed): boolean {
  return reply !== null || entry !== null;
}

/**
 * Owed rows that newer rows or the alert's current state replace: a reminder before a later one or of an answered
 * alert; an end before a later one or of a reopened alert; the oldest of too many replies; duplicate content. Rows
 * without an alert belong to one renewal or report.
 */
export function superseded(owed: readonly Owed[], alerts: readonly Shown[], now: Date): readonly string[] {
  const known = new Map(alerts.map(({ alert }) => [alert.id, alert]));
  return [...Map.groupBy(owed, ({ alert }) => alert)].flatMap(([id, rows]) =>
    ofOneAlert(rows.toSorted(byAge), id === null ? undefined : known.get(id), now),
  );
}

/**
 * Sorts rows by revision, because a clock that was set back does not change revisions. Within one change, the
 * escalation comes last.
 */
export function byAge(a: Owed, b: Owed): number {
  const isLast = ({ what }: Owed): number => Number(what === "escalated");
  return a.revision - b.revision || a.at.getTime() - b.at.getTime() || isLast(a) - isLast(b) || (a.id < b.id ? -1 : 1);
}

/**
 * The most replies that wait for one alert during an outage of Slack. Older replies are dropped; message and history
 * show their content.
 */
const MOST_WORDS = 20;

function ofOneAlert(rows: readonly Owed[], alert: Alert | undefined, now: Date): readonly string[] {
  const contents = rows.filter(({ what }) => what === "content");
  const replies = rows.filter(isReply);
  const lastReminder = replies.findLast(({ what }) => what === "reminder");
  const lastEnd = replies.findLast(isEnd);
  const isNeedless = (row: Owed): boolean => {
    if (row.what === "reminder") return row !== lastReminder || (alert !== undefined && !needsResponse(alert, now));
    return isEnd(row) && (row !== lastEnd || alert?.resolvedAt === null);
  };
  const needless = replies.filter(isNeedless);
  const rest = replies.filter((row) => !needless.includes(row));
  return [...contents.slice(0, -1), ...needless, ...rest.slice(0, -MOST_WORDS)].map(({ id }) => id);
}
