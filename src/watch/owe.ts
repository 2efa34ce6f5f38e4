import { MINUTE_MS } from "../token/duration.ts";
import type { Alert, Reason, Word } from "./alert.ts";
import { causeOf, keepsCause } from "./cause.ts";
import type { Owed } from "./message.ts";
import { owedRow, type PlacedOwed } from "./owed-row.ts";
import { isEnd } from "./superseded.ts";

/** The message that an alert lives in, as far as it decides whether the alert stays. */
export interface Home {
  readonly id: string;
  readonly kind: "alert" | "group";
  /** Of a group the cause that its alerts share. */
  readonly cause: string | null;
  /** Where it goes while Slack does not have it. */
  readonly route: string;
  readonly isPosted: boolean;
}

/** How an alert stands before a change. */
export interface Standing {
  /** Null: the alert is new. */
  readonly before: Pick<Alert, "revision" | "resolvedAt"> | null;
  /** Null: it lives nowhere yet. */
  readonly home: Home | null;
  /** Ids of the lists that mention it. */
  readonly mentions: readonly string[];
}

export interface Owing {
  readonly rows: readonly PlacedOwed[];
  /** It gets a new home. */
  readonly leaves: boolean;
  /** What it shares with others: in a group that keeps it that group's cause. */
  readonly cause: string | null;
}

/** A reminder waits so long, so that those of one channel can be told together. */
const GATHER_MS = MINUTE_MS;

/**
 * What a change of an alert owes to Slack: to its home, and to the lists that mention it. Pure.
 * @param now when it changes
 */
export function owe({ before, home, mentions }: Standing, alert: Alert, words: readonly Word[], now: Date): Owing {
  const joined = plain(alert, "joined", now);
  if (before === null) return { rows: [joined], leaves: false, cause: causeOf(alert) };
  const stays = home === null || belongs(alert, home);
  const cause = stays && home?.kind === "group" ? home.cause : causeOf(alert);
  if (alert.revision === before.revision) return { rows: [], leaves: false, cause };
  const said = words.map((word) => wordRow(alert, word));
  const lists = mentions.flatMap((id) => [
    on(id, alert, content(alert, words, now)),
    ...said.filter(isForLists).map((row) => on(id, alert, row)),
  ]);
  const own = (): Owing["rows"] => {
    const isOpenAgain = before.resolvedAt !== null && alert.resolvedAt === null;
    if (home === null) return [...(isOpenAgain ? [joined] : []), ...said];
    const shown = { ...content(alert, words, now), message: home.id };
    if (stays) return [shown, ...said.map((row) => ({ ...row, message: home.id }))];
    // What its new message says is everything, so no word is owed. A group that Slack lacks may be on its way there.
    const gone = [shown, { ...plain(alert, "left", now), message: home.id }];
    // Nobody waits for a word about a message that is not there: it must not make that message urgent.
    const told = home.isPosted ? gone : gone.map((row) => ({ ...row, priority: 2 }) as const);
    return [...(home.kind === "group" ? told : []), joined];
  };
  return { rows: [...own(), ...lists], leaves: !stays, cause };
}

/**
 * A group keeps those that have its cause, or are over. A message that Slack has keeps its alert wherever the configuration
 * sends it now; one that was not posted yet must go there.
 */
function belongs(alert: Alert, home: Home): boolean {
  if (!home.isPosted && home.route !== alert.card.channel) return false;
  return home.kind === "alert" || alert.resolvedAt !== null || keepsCause(alert, home.cause ?? "");
}

const ANSWERS: ReadonlySet<Reason> = new Set(["acknowledged", "unacknowledged", "snoozed", "unsnoozed"]);

/** Readers of a list hear that somebody answered, and that it is over. */
function isForLists(row: Owed): boolean {
  return isEnd(row) || (row.word !== null && ANSWERS.has(row.word.reason));
}

/** A person's answer comes first, then what is critical. */
function priorityOf({ severity }: Alert, words: readonly Word[]): Owed["priority"] {
  if (words.some(({ by }) => by !== null)) return 0;
  return severity === "critical" ? 1 : 2;
}

function plain(alert: Alert, what: Owed["what"], at: Date): PlacedOwed {
  return owedRow({ message: null, alert, severity: alert.severity, what, at });
}

/** With a person's answer the message changes first. */
function content(alert: Alert, words: readonly Word[], at: Date): PlacedOwed {
  return { ...plain(alert, "content", at), priority: priorityOf(alert, words) };
}

function wordRow(alert: Alert, word: Word): PlacedOwed {
  const waits = word.reason === "reminder" ? GATHER_MS : 0;
  return {
    ...plain(alert, word.reason, new Date(word.at.getTime() + waits)),
    priority: priorityOf(alert, [word]),
    notice: word.notice,
    word,
  };
}

/** The same row on a list. */
function on(message: string, { id, revision }: Alert, row: PlacedOwed): PlacedOwed {
  return { ...row, id: `${message}/${id}/${revision}/${row.what}`, notice: false, message };
}
