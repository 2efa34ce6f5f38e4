import { isSetClock } from "../token/clock-set.ts";
import { badness } from "../token/findings/finding.ts";
import type { HistoryEntry } from "../alert/history.ts";
import { nextRun } from "./next-run.ts";
import { nextTurn } from "./pace/next-turn.ts";
import type { NewMessage } from "../outbox/message.ts";
import type { WatchStore } from "./ports.ts";
import type { Watch } from "./watch.ts";
import type { Book } from "./watch-book.ts";

export interface NoteRoundDeps {
  readonly store: Pick<WatchStore, "history" | "readDeadline" | "advanceDeadline">;
  readonly watches: Book<Pick<Watch, "name" | "channel" | "checkIntervalMs">>;
  /** The shortest check interval of all watches, in milliseconds. A shorter gap needs no look at the watches. */
  readonly shortestIntervalMs: number;
  /** The cron expression of the rounds, with five or six fields. */
  readonly schedule: string;
  readonly timezone: string;
  readonly newId: () => string;
}

/** A complete round over all due watches. */
export interface DoneRound {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly checked: number;
}

/**
 * Saves the end of a round, and reports a gap before it. A gap is longer than three check intervals of a channel's
 * watches. Each affected channel gets one message with the findings of the round.
 * @param speaks false for the command `round`, because gaps between its runs are normal
 */
export async function noteRound(deps: NoteRoundDeps, done: DoneRound, speaks: boolean): Promise<void> {
  const { store, schedule, timezone } = deps;
  const deadline = await store.readDeadline(DEADLINE);
  const at = nextRun(schedule, timezone, done.endedAt) ?? done.endedAt;
  // A clock that was never set gives no usable time, so the length of the gap is unknown.
  const messages =
    speaks && deadline !== null && isSetClock(deadline.at) ? await absenceMessages(deps, deadline.at, done) : [];
  // Another replica claimed all watches. It knows the findings and reports the gap.
  if (messages.length > 0 && done.checked === 0) return;
  // The result does not matter: false means that another replica saved first and sends the message.
  await store.advanceDeadline(DEADLINE, deadline, { at, spec: SPEC }, messages);
}

/**
 * A longer time after the first missed tick is an absence, which the bot reports. In milliseconds.
 * @param intervalMs the shortest check interval
 */
export function longestGapMs(intervalMs: number): number {
  return INTERVALS * intervalMs;
}

/** The name of the shared deadline. It holds the first tick that is due after the last round. */
const DEADLINE = "round";
const SPEC = "next tick";

/** A gap is longer than this many check intervals. */
const INTERVALS = 3;

/** The most lines that fit one message and that a person reads. */
const MOST_MISSED = 10;

/** A round adds at most two history lines for each watch. The rest is room for lines of people's actions. */
function mostEntries(watches: number): number {
  return 2 * watches + 100;
}

function worstFirst(a: HistoryEntry, b: HistoryEntry): number {
  return badness(b.to) - badness(a.to) || a.at.getTime() - b.at.getTime();
}

/** The channels of all watches, with the shortest check interval of their watches in milliseconds. */
async function channelsOf(watches: NoteRoundDeps["watches"]): Promise<readonly ChannelWatches[]> {
  const channels = new Map<string, ChannelWatches>();
  let seen = 0;
  for (const { channel, checkIntervalMs } of watches.values()) {
    if (++seen % IN_A_TURN === 0) await nextTurn();
    if (channel === undefined) continue;
    const { count, shortestMs } = channels.get(channel) ?? { count: 0, shortestMs: Infinity };
    channels.set(channel, { channel, count: count + 1, shortestMs: Math.min(shortestMs, checkIntervalMs) });
  }
  return [...channels.values()];
}

/** The most watches of a fleet to look at before other work runs. */
const IN_A_TURN = 100;

interface ChannelWatches {
  readonly channel: string;
  readonly count: number;
  readonly shortestMs: number;
}

async function absenceMessages(
  { store, watches, shortestIntervalMs, newId }: NoteRoundDeps,
  from: Date,
  { startedAt, endedAt }: DoneRound,
): Promise<readonly NewMessage[]> {
  const gapMs = startedAt.getTime() - from.getTime();
  if (gapMs <= longestGapMs(shortestIntervalMs)) return [];
  const left = (await channelsOf(watches)).filter(({ shortestMs }) => gapMs > longestGapMs(shortestMs));
  if (left.length === 0) return [];
  const entries = await store.history({ limit: mostEntries(watches.size) });
  const found = entries.filter(({ at, by }) => by === null && at >= startedAt).toSorted(worstFirst);
  return left.map(({ channel, count }): NewMessage => {
    const missed = found.filter(({ watch }) => watches.get(watch)?.channel === channel);
    return {
      id: newId(),
      kind: "absence",
      routes: [channel],
      alerts: [],
      severity: "warning",
      at: endedAt,
      body: {
        kind: "absence",
        from,
        to: startedAt,
        watches: count,
        missed: missed.slice(0, MOST_MISSED),
        more: Math.max(0, missed.length - MOST_MISSED),
      },
    };
  });
}
