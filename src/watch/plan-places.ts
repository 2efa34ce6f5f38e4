import { isReport, type ListKind } from "./message.ts";
import { mayRemind } from "./reminders.ts";

/** From so many open alerts of one cause in one channel on, one message shows those that have none yet. */
const GROUP_FROM = 5;

/** One alone says more with a message of its own; but not for ever, when they come up one after the other. */
const ALONE_UNTIL = 7;

export interface PlaceRules {
  readonly now: Date;
  /** Names a new message. */
  readonly newId: () => string;
  /** False while a known group must be left alone: then its alerts wait. */
  readonly mayJoin: (group: string) => boolean;
  /** A critical alert speaks again after this long; a group's reminders keep half of it between them. */
  readonly repeatCriticalMs: number;
}

/** Gives each alert its home, merges lists that nobody has yet, and gathers reminders. Pure but for the new names. */
export function planPlaces({ alerts, lists, reminders }: Candidates, rules: PlaceRules): Plan {
  const sharing = Map.groupBy(alerts, ({ cause, channel, id }) =>
    JSON.stringify(cause === null ? id : [cause, channel]),
  );
  return {
    places: [...sharing.values()].flatMap((candidates) => placesFor(candidates, rules)),
    merges: mergesOf(lists),
    reminders: gather(reminders, lists, rules),
  };
}

/** An open alert that may get a home, or another one. */
export interface AlertCandidate {
  readonly id: string;
  /** Null: it is told on its own. */
  readonly cause: string | null;
  /** Where the configuration says that it is told. */
  readonly channel: string;
  /**
   * `none`: it needs a home. `own`: an `alert` message that was not posted and is in nobody's hand, so it may move.
   * `settled`: it has a message that Slack has or that is in hand, or it is in a group: it only counts.
   */
  readonly home: "none" | "own" | "settled";
  /** The group it lives in, when that group's cause and route are still its own; else null. */
  readonly group: string | null;
}

/** A list that was not sent yet and is in nobody's hand. */
export interface ListCandidate {
  readonly message: string;
  readonly kind: ListKind;
  readonly routes: readonly string[];
  /** What it says beside its alerts, as text. */
  readonly body: string | null;
  readonly createdAt: Date;
}

/** A reminder that waits in a home which Slack has. */
export interface ReminderCandidate {
  readonly owed: string;
  readonly alert: string;
  /** The home it waits in. */
  readonly message: string;
  readonly channel: string;
  /** When that home last told people, if it is a group; null when it never did, or is no group. */
  readonly spokeAt: Date | null;
}

export interface Candidates {
  /**
   * Every alert without a home, also a resolved one that still owes something; and, of every (cause, channel) that one of
   * those or of the `own` ones has, all open alerts.
   */
  readonly alerts: readonly AlertCandidate[];
  readonly lists: readonly ListCandidate[];
  readonly reminders: readonly ReminderCandidate[];
}

/** Alerts that get a home: their own message, or a group (a known one, or a new one with this id). */
export type Placing =
  | { readonly kind: "alert"; readonly message: string; readonly alert: string; readonly channel: string }
  | {
      readonly kind: "group";
      readonly message: string;
      readonly cause: string;
      readonly channel: string;
      readonly alerts: readonly string[];
    };

export interface Plan {
  readonly places: readonly Placing[];
  /** Unsent lists whose rows and mentions move into another; of digests the latest stays. */
  readonly merges: readonly { readonly from: string; readonly into: string }[];
  /** Reminders of two or more homes of one channel become one message. */
  readonly reminders: readonly {
    readonly message: string;
    readonly channel: string;
    readonly owed: readonly string[];
  }[];
}

function placesFor(candidates: readonly AlertCandidate[], { newId, mayJoin }: PlaceRules): readonly Placing[] {
  const [first] = candidates;
  const loose = candidates.filter(({ home }) => home !== "settled");
  const homeless = candidates.filter(({ home }) => home === "none");
  const alone = (): readonly Placing[] =>
    homeless.map(({ id, channel }) => ({ kind: "alert", message: newId(), alert: id, channel }));
  if (first === undefined || first.cause === null || loose.length === 0) return alone();
  const known = candidates.find(({ group }) => group !== null)?.group ?? undefined;
  if (known === undefined && !isWorthGroup(candidates.length, loose.length)) return alone();
  if (known !== undefined && !mayJoin(known)) return [];
  const { cause, channel } = first;
  return [{ kind: "group", message: known ?? newId(), cause, channel, alerts: loose.map(({ id }) => id) }];
}

function isWorthGroup(sharing: number, loose: number): boolean {
  return sharing >= GROUP_FROM && (loose > 1 || sharing >= ALONE_UNTIL);
}

/**
 * Lists of alerts go into the oldest, as far as they say the same; of digests the latest says it all. Each absence is
 * another one, and people hear of all.
 */
function mergesOf(lists: readonly ListCandidate[]): Plan["merges"] {
  const mergeable = lists.filter(({ kind }) => kind !== "absence");
  const alike = Map.groupBy(mergeable, ({ kind, routes, body }) =>
    JSON.stringify([kind, routes, kind === "fallback" ? body : null]),
  );
  return [...alike.values()].flatMap((same) => {
    const byAge = same.toSorted(
      (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.message < b.message ? -1 : 1),
    );
    const into = byAge.some(({ kind }) => isReport(kind)) ? byAge.at(-1) : byAge[0];
    if (into === undefined) return [];
    return byAge.filter((one) => one !== into).map((one) => ({ from: one.message, into: into.message }));
  });
}

/**
 * Reminders of one channel: one message as soon as they are of two homes, or such a message waits there. Those of a group
 * that is silent stay with it, where they are forgotten.
 */
function gather(
  reminders: readonly ReminderCandidate[],
  lists: readonly ListCandidate[],
  { newId, now, repeatCriticalMs }: PlaceRules,
): Plan["reminders"] {
  const due = reminders.filter((reminder) => mayRemind(reminder, now, repeatCriticalMs));
  const waiting = new Map(
    lists.filter(({ kind }) => kind === "reminders").map((list) => [list.routes[0], list.message]),
  );
  return [...Map.groupBy(due, ({ channel }) => channel)].flatMap(([channel, rows]) => {
    const known = waiting.get(channel);
    if (known === undefined && new Set(rows.map(({ message }) => message)).size < 2) return [];
    return [{ message: known ?? newId(), channel, owed: rows.map(({ owed }) => owed) }];
  });
}
