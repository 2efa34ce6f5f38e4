import type { FleetTrouble } from "../outbox/digest-table.ts";

/** The input of `judgeReadiness`, which the caller collects. */
export interface ReadinessInputs {
  /** `unreadable`: rows that the store skips. `message`: why the store did not answer. */
  readonly store:
    | { readonly ok: true; readonly unreadable?: readonly string[] }
    | { readonly ok: false; readonly message: string };
  /**
   * `linked`: Slack can reach the bot (the socket is open, or the HTTP receiver listens) and accepts its credentials.
   */
  readonly slack: { readonly linked: boolean; readonly message: string | null };
  readonly rounds: {
    readonly endedAt: Date | null;
    /** The first tick that was due after the last complete round; null while that tick runs. */
    readonly nextTickAt: Date | null;
    readonly runningSince: Date | null;
    /** When the last result of an inspection was saved; null before the first. */
    readonly savedAt: Date | null;
    /** Why the last round was incomplete; null when it was complete. */
    readonly problem: string | null;
  };
  /** Why the bot refused all recent requests to its Slack endpoint; null when it did not. */
  readonly requests: string | null;
  /** Channels and people whose message (alert, group, list or report) could not be delivered. */
  readonly channels: readonly { readonly channel: string; readonly error: string }[];
  /** Fleets whose list could not be read or accepted, or that keep watches because of malformed lines. */
  readonly fleets: readonly FleetTrouble[];
  /** The first watches that could not be inspected, and the number of the others. */
  readonly graph: {
    readonly first: readonly { readonly watch: string; readonly message: string }[];
    readonly others: number;
  };
}

/** Maximum number of fleets, channels or watches in one message. The log has all of them. */
export const MOST_LISTED = 20;

/** The body of `/readyz`. Only `store`, `slack` and `rounds` decide `ready`. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<"store" | "slack" | "requests" | "rounds" | "fleets" | "channels" | "graph", Check>>;
}

/**
 * The bot is ready when the store answers, Slack is linked and the first round has ended. A first round over a large
 * fleet need not end: it is enough that it saves results. A round is late when the schedule's next tick has passed, so a
 * daily schedule is not late all day. Fleets, channels and Graph are shown but do not affect `ready`, because a restart
 * fixes none of them. Refused requests do not affect it either, because strangers can send them.
 */
export function judgeReadiness(inputs: ReadinessInputs, now: Date): Readiness {
  const store = checkStore(inputs.store);
  const { linked, message } = inputs.slack;
  const slack = check(linked, message ?? (linked ? "Slack is linked." : "Slack is not linked. The bot keeps trying."));
  const { requests: refused } = inputs;
  const requests = check(refused === null, refused ?? "No signed request from Slack was refused.");
  const rounds = checkRounds(inputs.rounds, now);
  const fleets = listed(
    inputs.fleets,
    "Every list of a fleet could be read.",
    ({ fleet, message: problem }) => `Fleet ${fleet}: ${problem}`,
  );
  const channels = listed(
    inputs.channels,
    "Every channel accepted its messages.",
    ({ channel, error }) => `Channel ${channel} did not accept a message: ${error}.`,
  );
  const graph = listed(
    inputs.graph.first,
    "Every watch could be inspected.",
    (failing) => `Watch ${failing.watch} could not be inspected: ${failing.message}`,
    inputs.graph.others,
  );
  return {
    ready: store.ok && slack.ok && rounds.ok,
    checks: { store, slack, requests, rounds, fleets, channels, graph },
  };
}

interface Check {
  readonly ok: boolean;
  /** One plain sentence. */
  readonly message: string;
}

/** Maximum number of rows in one message. The log has all of them. */
const MOST_ROWS = 5;

/** A tick may be this late before the rounds count as stopped. */
const GRACE_MS = 2 * 60_000;

/** No inspection takes this long: every call in it has its own deadline. A round over a large fleet can. */
const STUCK_MS = 60 * 60_000;

function check(ok: boolean, message: string): Check {
  return { ok, message };
}

function checkRounds(rounds: ReadinessInputs["rounds"], now: Date): Check {
  const { endedAt, nextTickAt, runningSince, savedAt, problem } = rounds;
  const since = (at: Date): number => now.getTime() - at.getTime();
  if (runningSince !== null && since(later(runningSince, savedAt)) > STUCK_MS)
    return check(
      false,
      `A round has been running since ${runningSince.toISOString()}, and saved nothing for an hour. Restart the bot.`,
    );
  if (endedAt === null && runningSince !== null && isSaving(runningSince, savedAt, now))
    return check(true, `The first round has been running since ${runningSince.toISOString()}, and saves results.`);
  if (endedAt === null)
    return check(false, problem === null ? "The first round has not ended yet." : `The first round failed: ${problem}`);
  const late = nextTickAt !== null && since(nextTickAt) > GRACE_MS;
  if (late && problem !== null)
    return check(false, `No round has been complete since ${endedAt.toISOString()}: ${problem}`);
  if (late)
    return check(false, `The round that was due at ${nextTickAt.toISOString()} has not begun. Restart the bot.`);
  const ended = `The last round ended at ${endedAt.toISOString()}.`;
  return check(true, problem === null ? ended : `${ended} The round after it was incomplete: ${problem}`);
}

function later(a: Date, b: Date | null): Date {
  return b !== null && b > a ? b : a;
}

/** True while a long round makes progress. A short one ends soon. */
function isSaving(runningSince: Date, savedAt: Date | null, now: Date): boolean {
  const since = (at: Date): number => now.getTime() - at.getTime();
  return savedAt !== null && since(runningSince) > GRACE_MS && since(savedAt) <= GRACE_MS;
}

/** Unreadable rows do not fail the check, because the bot skips them and handles all the others. */
function checkStore(store: ReadinessInputs["store"]): Check {
  if (!store.ok) return check(false, store.message);
  const { unreadable = [] } = store;
  const more = unreadable.length - MOST_ROWS;
  const rows = [...unreadable.slice(0, MOST_ROWS), ...(more > 0 ? [`And ${more} more.`] : [])];
  return check(true, ["The store answers.", ...rows].join(" "));
}

function listed<T>(items: readonly T[], fine: string, say: (item: T) => string, others = 0): Check {
  const all = items.length + others;
  if (all === 0) return check(true, fine);
  const more = all - Math.min(items.length, MOST_LISTED);
  const said = items.slice(0, MOST_LISTED).map(say);
  return check(false, [...said, ...(more > 0 ? [`And ${more} more.`] : [])].join(" "));
}
