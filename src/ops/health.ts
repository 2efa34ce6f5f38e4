/** What readiness is judged by; the values are gathered by whoever knows them. */
export interface ReadinessInputs {
  /** The store's answer; `unreadable`: rows that it passes over, `message`: why there was none. */
  readonly store:
    | { readonly ok: true; readonly unreadable?: readonly string[] }
    | { readonly ok: false; readonly message: string };
  /** Linked: Slack can reach us (the socket stands, or the HTTP receiver listens) and takes our credentials. */
  readonly slack: { readonly linked: boolean; readonly message: string | null };
  readonly rounds: {
    readonly endedAt: Date | null;
    /** The first tick that was due after the last round that did all its work; null while that tick runs. */
    readonly nextTickAt: Date | null;
    readonly runningSince: Date | null;
    /** Why the last round could not do all its work; null when it did. */
    readonly problem: string | null;
  };
  /** Why none of the latest requests to Slack's address was let in; null while there is no reason. */
  readonly requests: string | null;
  /** Channels, or people, that did not take a message: alerts, groups, lists and reports. */
  readonly channels: readonly { readonly channel: string; readonly error: string }[];
  /** Watches that could not be inspected. */
  readonly graph: readonly { readonly watch: string; readonly message: string }[];
}

interface Check {
  readonly ok: boolean;
  /** One plain sentence. */
  readonly message: string;
}

/** The body of `/readyz`. Only `store`, `slack` and `rounds` decide `ready`. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<"store" | "slack" | "requests" | "rounds" | "channels" | "graph", Check>>;
}

/** Rows that one line tells of; the log has them all. */
const MOST_ROWS = 5;

/** A tick may come this late before the rounds count as stopped. */
const GRACE_MS = 2 * 60_000;

/** No round takes this long: every call in it has its own deadline. */
const STUCK_MS = 60 * 60_000;

const check = (ok: boolean, message: string): Check => ({ ok, message });

const checkRounds = ({ endedAt, nextTickAt, runningSince, problem }: ReadinessInputs["rounds"], now: Date): Check => {
  const since = (at: Date): number => now.getTime() - at.getTime();
  if (runningSince !== null && since(runningSince) > STUCK_MS)
    return check(false, `A round has been running since ${runningSince.toISOString()}; restart the bot.`);
  if (endedAt === null)
    return check(false, problem === null ? "The first round has not ended yet." : `The first round failed: ${problem}`);
  const late = nextTickAt !== null && since(nextTickAt) > GRACE_MS;
  if (late && problem !== null)
    return check(false, `No round has done its work since ${endedAt.toISOString()}: ${problem}`);
  if (late)
    return check(false, `The round that was due at ${nextTickAt.toISOString()} has not begun; restart the bot.`);
  const ended = `The last round ended at ${endedAt.toISOString()}.`;
  return check(true, problem === null ? ended : `${ended} The one after it could not do all its work: ${problem}`);
};

/** Rows that cannot be read are passed over: the bot does its work for all the others. */
const checkStore = (store: ReadinessInputs["store"]): Check => {
  if (!store.ok) return check(false, store.message);
  const { unreadable = [] } = store;
  const more = unreadable.length - MOST_ROWS;
  const rows = [...unreadable.slice(0, MOST_ROWS), ...(more > 0 ? [`And ${more} more.`] : [])];
  return check(true, ["The store answers.", ...rows].join(" "));
};

const listed = <T>(items: readonly T[], fine: string, say: (item: T) => string): Check =>
  items.length === 0 ? check(true, fine) : check(false, items.map(say).join(" "));

/**
 * Ready once the store answers, Slack is linked and the first round has ended; a round's age counts from the schedule's
 * next tick, so that a daily schedule is not late all day. Channels and Graph are shown but never decide:
 * a restart repairs neither. Refused requests do not decide either, because strangers can send them.
 */
export const judgeReadiness = (inputs: ReadinessInputs, now: Date): Readiness => {
  const store = checkStore(inputs.store);
  const { linked, message } = inputs.slack;
  const slack = check(linked, message ?? (linked ? "Slack is linked." : "Slack is not linked; the bot keeps trying."));
  const { requests: refused } = inputs;
  const requests = check(refused === null, refused ?? "No request that Slack has signed was refused.");
  const rounds = checkRounds(inputs.rounds, now);
  const channels = listed(
    inputs.channels,
    "Every channel took its messages.",
    ({ channel, error }) => `Channel ${channel} did not take a message: ${error}.`,
  );
  const graph = listed(
    inputs.graph,
    "Every watch got an answer.",
    (failing) => `Watch ${failing.watch} could not be inspected: ${failing.message}`,
  );
  return { ready: store.ok && slack.ok && rounds.ok, checks: { store, slack, requests, rounds, channels, graph } };
};
