import type { Alert, Reason } from "./alert.ts";
import { isAwaited } from "./hushed.ts";
import type { Owed, Shown } from "./message.ts";

/** While Slack takes nothing, no more words than these wait for an alert; message and history say what the others said. */
const MOST_WORDS = 20;

/** Words that say that a problem is over. */
export const ENDS: readonly Reason[] = ["recovered", "rotated", "unwatched"];

/** True for the word that a problem is over. */
export function isEnd({ what }: Pick<Owed, "what">): boolean {
  return ENDS.some((end) => end === what);
}

/** True for a row that says something in a thread. */
export function isWord({ word }: Owed): boolean {
  return word !== null;
}

/**
 * The rows that newer ones or the alert as it stands have made needless: a reminder before a later one or of what nobody
 * waits for, an end before a later one or of what is open again, the oldest of too many words, and content that is owed
 * twice.
 */
export function superseded(owed: readonly Owed[], alerts: readonly Shown[], now: Date): readonly string[] {
  const known = new Map(alerts.map(({ alert }) => [alert.id, alert]));
  return [...Map.groupBy(owed, ({ alert }) => alert)].flatMap(([id, rows]) =>
    id === null ? [] : ofOneAlert(rows.toSorted(byAge), known.get(id), now),
  );
}

/** By revision: a clock that was set back makes no word older. Of one change the escalation is told last. */
export function byAge(a: Owed, b: Owed): number {
  const isLast = ({ what }: Owed): number => Number(what === "escalated");
  return a.revision - b.revision || a.at.getTime() - b.at.getTime() || isLast(a) - isLast(b) || (a.id < b.id ? -1 : 1);
}

function ofOneAlert(rows: readonly Owed[], alert: Alert | undefined, now: Date): readonly string[] {
  const contents = rows.filter(({ what }) => what === "content");
  const words = rows.filter(isWord);
  const lastReminder = words.findLast(({ what }) => what === "reminder");
  const lastEnd = words.findLast(isEnd);
  const isNeedless = (row: Owed): boolean => {
    if (row.what === "reminder") return row !== lastReminder || (alert !== undefined && !isAwaited(alert, now));
    return isEnd(row) && (row !== lastEnd || alert?.resolvedAt === null);
  };
  const needless = words.filter(isNeedless);
  const rest = words.filter((row) => !needless.includes(row));
  return [...contents.slice(0, -1), ...needless, ...rest.slice(0, -MOST_WORDS)].map(({ id }) => id);
}
