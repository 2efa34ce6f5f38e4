import { isReport, type MergedKind } from "./message.ts";
import { mayRemind } from "../alert/reminders.ts";

export interface PlaceRules {
  readonly now: Date;
  /** Creates the ID of a new message. */
  readonly newId: () => string;
  /** False while an existing group must not change. New alerts of this group wait. */
  readonly mayJoin: (group: string) => boolean;
  /** Milliseconds between reminders of a critical alert. A group leaves at least half of it between its reminders. */
  readonly repeatCriticalMs: number;
}

/** Gives each alert a home, merges unsent lists, and collects reminders. Pure, except for new IDs. */
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

/** An alert that may get its first or a new home, or that counts for the size of a group. */
export interface AlertCandidate {
  readonly id: string;
  /** Null: it is shown on its own. */
  readonly cause: string | null;
  /** Its configured channel. */
  readonly channel: string;
  /**
   * `none`: it needs a home. `own`: its own `alert` message is unposted and not claimed, so it may move. `settled`: its
   * message is posted or claimed, or it is in a group. It only counts.
   */
  readonly home: "none" | "own" | "settled";
  /** Its group, if cause and route still match; else null. */
  readonly group: string | null;
}

/** An unsent list that no program has claimed. */
export interface ListCandidate {
  readonly message: string;
  readonly kind: MergedKind;
  readonly routes: readonly string[];
  /** Its content apart from its alerts, as JSON text. */
  readonly body: string | null;
  readonly createdAt: Date;
}

/** A reminder that waits in a posted home. */
export interface ReminderCandidate {
  readonly owed: string;
  readonly alert: string;
  /** The home that it waits in. */
  readonly message: string;
  readonly channel: string;
  /** When that group last notified people. Null if never, or if the home is no group. */
  readonly spokeAt: Date | null;
}

export interface Candidates {
  /**
   * All alerts without a home, including resolved ones with owed rows. Also each open alert that shares cause and
   * channel with one of them, or with an `own` one.
   */
  readonly alerts: readonly AlertCandidate[];
  readonly lists: readonly ListCandidate[];
  readonly reminders: readonly ReminderCandidate[];
}

/** Alerts that get a home: their own message, or a new or existing group. */
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
  /** Unsent lists whose rows and mentions move into another list. Of digests, the latest stays. */
  readonly merges: readonly { readonly from: string; readonly into: string }[];
  /** Reminders of several homes in one channel become one message. */
  readonly reminders: readonly {
    readonly message: string;
    readonly channel: string;
    readonly owed: readonly string[];
  }[];
}

/**
 * From this number of open alerts with one cause in one channel, a group shows them. Posted alerts keep their message.
 */
const GROUP_FROM = 5;

/** Below this number, a single new alert gets its own message, which says more. From this number, it starts a group. */
const ALONE_UNTIL = 7;

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
 * Lists with the same content merge into the oldest one. Of digests, only the latest stays. Absences stay separate,
 * because each is different.
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
 * Collects reminders of a channel into one message when they have several homes, or when such a message waits there.
 * Reminders of a recently notified group stay with it and are dropped there.
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
