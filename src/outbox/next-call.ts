import { groupReply, type ThreadReplies } from "./group-reply.ts";
import { needsResponse } from "../alert/reminders-off.ts";
import { type Delivery, isHome, type MessageRef, type Owed } from "./message.ts";
import { byAge, isReply, superseded } from "./superseded.ts";

/** IDs of owed rows. */
export type Ids = readonly string[];

/** A reply in the message's thread. The thread of a single alert gets one reply at a time. */
export interface ReplyCall extends ThreadReplies {
  readonly kind: "reply";
  readonly ref: MessageRef;
  readonly settles: Ids;
}

/** The next call for a message. `settles`: owed rows that are done after Slack accepted it. */
export type Call =
  | { readonly kind: "post"; readonly settles: Ids }
  | { readonly kind: "edit"; readonly ref: MessageRef; readonly settles: Ids }
  | ReplyCall
  /** Sends nothing, because nobody needs these rows any more. */
  | { readonly kind: "forget"; readonly settles: Ids };

export interface CallRules {
  /** Milliseconds between reminders of a critical alert. A group leaves at least half of it between its reminders. */
  readonly repeatCriticalMs: number;
}

/** The next call for a message; undefined when it owes nothing. Pure. */
export function nextCall(delivery: Delivery, now: Date, rules: CallRules): Call | undefined {
  const { message, owed } = delivery;
  if (owed.length === 0) return undefined;
  if (message.ref === null)
    return isWanted(delivery, now) ? { kind: "post", settles: idsOf(shownByPost(delivery)) } : forget(owed);
  return ofPosted(delivery, message.ref, now, rules);
}

function idsOf(owed: readonly Owed[]): Ids {
  return owed.map(({ id }) => id);
}

function forget(owed: readonly Owed[]): Call {
  return { kind: "forget", settles: idsOf(owed) };
}

/**
 * The rows that a post settles. A post shows everything. But the thread of a renewal has a line for each step, so these
 * rows stay. A post after the message was deleted settles them when nothing else is owed, so that it is not repeated
 * for each of them.
 */
function shownByPost({ message, owed }: Delivery): readonly Owed[] {
  if (message.kind !== "renewal") return owed;
  const shown = owed.filter(({ entry }) => entry === null);
  return shown.length > 0 ? shown : owed;
}

/** False when an unposted or deleted message is no longer needed. */
function isWanted({ message, alerts, renewal, owed }: Delivery, now: Date): boolean {
  const waits = ({ alert: id }: Owed): boolean => {
    const alert = alerts.find((shown) => shown.alert.id === id)?.alert;
    return alert !== undefined && needsResponse(alert, now);
  };
  switch (message.kind) {
    case "alert":
    case "group":
      return alerts.some((shown) => shown.as === "home");
    case "escalation":
      return owed.some((row) => row.what === "joined" && waits(row));
    case "reminders":
      return owed.some((row) => row.what === "reminder" && waits(row));
    case "renewal":
      return renewal !== null;
    default:
      return owed.some(({ what }) => what === "joined");
  }
}

const NOTHING_SAID = { replies: [], joined: [], left: [], entries: [] } as const;

/** Updates the message first, then its thread. */
function ofPosted(delivery: Delivery, ref: MessageRef, now: Date, rules: CallRules): Call {
  const { message, alerts, owed } = delivery;
  const needless = new Set(superseded(owed, alerts, now));
  const rest = owed.filter(({ id }) => !needless.has(id));
  const settling = (rows: readonly Owed[]): Ids => [...needless, ...idsOf(rows)];
  // An alert that is new in a posted list only needs an edit.
  const isShown = ({ what, alert }: Owed): boolean =>
    what === "content" || (!isHome(message) && what === "joined" && alert !== null);
  const shown = rest.filter(isShown);
  if (shown.length > 0) return { kind: "edit", ref, settles: settling(shown) };
  const [first] = rest.filter(isReply).toSorted(byAge);
  if (message.kind === "renewal") {
    if (first === undefined || first.entry === null) return forget(owed);
    const settles = settling([first]);
    return { kind: "reply", ref, ...NOTHING_SAID, entries: [first.entry], notice: first.notice, settles };
  }
  if (message.kind !== "alert") {
    const said = groupReply({ ...delivery, owed: rest }, now, rules.repeatCriticalMs);
    return said === undefined ? forget(owed) : { kind: "reply", ref, ...said, settles: settling(rest) };
  }
  const own = alerts.find((one) => one.as === "home")?.alert;
  if (first === undefined || first.reply === null || own === undefined) return forget(owed);
  const replies = [{ alert: own, reply: first.reply }];
  return { kind: "reply", ref, ...NOTHING_SAID, replies, notice: first.notice, settles: settling([first]) };
}
