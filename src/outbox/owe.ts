import { MINUTE_MS } from "../token/duration.ts";
import type { Alert, Reason, Reply } from "../alert/alert.ts";
import { causeOf, keepsCause } from "../alert/cause.ts";
import type { Owed } from "./message.ts";
import { owedRow, type PlacedOwed } from "./owed-row.ts";
import { isEnd } from "./superseded.ts";

/** The facts about an alert's home that decide whether the alert stays there. */
export interface Home {
  readonly id: string;
  readonly kind: "alert" | "group";
  /** For a group, the cause of its alerts. */
  readonly cause: string | null;
  /** The channel or person of its post. */
  readonly route: string;
  readonly isPosted: boolean;
}

/** An alert's stored data before a change. */
export interface Standing {
  /** Null: the alert is new. */
  readonly before: Pick<Alert, "revision" | "resolvedAt"> | null;
  /** Null: it has no home yet. */
  readonly home: Home | null;
  /** IDs of the lists that mention it. */
  readonly mentions: readonly string[];
}

export interface Owing {
  readonly rows: readonly PlacedOwed[];
  /** True: it gets a new home. */
  readonly leaves: boolean;
  /** The cause that the alert shares with others. While it stays in a group, the cause of that group. */
  readonly cause: string | null;
}

/**
 * The owed rows of an alert's change, for its home and the lists that mention it. Pure.
 * @param now the time of the change
 */
export function owe({ before, home, mentions }: Standing, alert: Alert, replies: readonly Reply[], now: Date): Owing {
  const joined = plain(alert, "joined", now);
  if (before === null) return { rows: [joined], leaves: false, cause: causeOf(alert) };
  const stays = home === null || belongs(alert, home);
  const cause = stays && home?.kind === "group" ? home.cause : causeOf(alert);
  if (alert.revision === before.revision) return { rows: [], leaves: false, cause };
  const said = replies.map((reply) => replyRow(alert, reply));
  const lists = mentions.flatMap((id) => [
    on(id, alert, content(alert, replies, now)),
    ...said.filter(isForLists).map((row) => on(id, alert, row)),
  ]);
  const own = (): Owing["rows"] => {
    const isOpenAgain = before.resolvedAt !== null && alert.resolvedAt === null;
    if (home === null) return [...(isOpenAgain ? [joined] : []), ...said];
    const shown = { ...content(alert, replies, now), message: home.id };
    if (stays) return [shown, ...said.map((row) => ({ ...row, message: home.id }))];
    // The new message says everything, so no reply is owed. A group without a post still gets these rows, because its
    // post may be on the way to Slack.
    const gone = [shown, { ...plain(alert, "left", now), message: home.id }];
    // These rows must not make an unposted message urgent, because nobody has seen that message.
    const leaving = home.isPosted ? gone : gone.map((row) => ({ ...row, priority: 2 }) as const);
    return [...(home.kind === "group" ? leaving : []), joined];
  };
  return { rows: [...own(), ...lists], leaves: !stays, cause };
}

/** A reminder waits this long, so that reminders of one channel are sent together. */
const GATHER_MS = MINUTE_MS;

/**
 * A group keeps alerts with its cause, and ended alerts. A posted message keeps its alert even when the configured
 * channel changed; an unposted message must go to the new channel.
 */
function belongs(alert: Alert, home: Home): boolean {
  if (!home.isPosted && home.route !== alert.card.channel) return false;
  return home.kind === "alert" || alert.resolvedAt !== null || keepsCause(alert, home.cause ?? "");
}

const RESPONSES: ReadonlySet<Reason> = new Set(["acknowledged", "unacknowledged", "snoozed", "unsnoozed"]);

/** True for a reply about a person's answer or about the end. Lists get no other replies. */
function isForLists(row: Owed): boolean {
  return isEnd(row) || (row.reply !== null && RESPONSES.has(row.reply.reason));
}

/** People's answers first, then critical alerts. */
function priorityOf({ severity }: Alert, replies: readonly Reply[]): Owed["priority"] {
  if (replies.some(({ by }) => by !== null)) return 0;
  return severity === "critical" ? 1 : 2;
}

function plain(alert: Alert, what: Owed["what"], at: Date): PlacedOwed {
  return owedRow({ message: null, alert, severity: alert.severity, what, at });
}

/** The row that updates the message. A person's answer gives it the highest priority. */
function content(alert: Alert, replies: readonly Reply[], at: Date): PlacedOwed {
  return { ...plain(alert, "content", at), priority: priorityOf(alert, replies) };
}

function replyRow(alert: Alert, reply: Reply): PlacedOwed {
  const waits = reply.reason === "reminder" ? GATHER_MS : 0;
  return {
    ...plain(alert, reply.reason, new Date(reply.at.getTime() + waits)),
    priority: priorityOf(alert, [reply]),
    notice: reply.notice,
    reply,
  };
}

/** The same row for a list. */
function on(message: string, { id, revision }: Alert, row: PlacedOwed): PlacedOwed {
  return { ...row, id: `${message}/${id}/${revision}/${row.what}`, notice: false, message };
}
