import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import type { State } from "../token/finding.ts";
import type { Change } from "./alert.ts";
import { cardOf } from "./card.ts";
import { nextDueAt } from "./due.ts";
import { examineWatch, type ExamineWatchDeps } from "./examine-watch.ts";
import type { Claim, WatchStore } from "./ports.ts";
import { REPEAT_CRITICAL_MS, transition } from "./transition.ts";
import type { Watch } from "./watch.ts";

/** Inspections at a time: they wait for the network, not for the processor. */
const WORKERS = 10;

/** Longer than any inspection: two askings of 20 s, the pause between them and two commands of 10 s. */
const LEASE_MS = 2 * MINUTE_MS;

export interface RoundDeps extends ExamineWatchDeps {
  readonly store: Pick<WatchStore, "claimDue" | "saveRound">;
  readonly watches: readonly Watch[];
  readonly unknownAfterMs: number;
  readonly repeatCriticalMs?: number;
  /** A number in [0, 1); spreads the next inspections. */
  readonly random: () => number;
  /** Names a new alert. */
  readonly newId: () => string;
  /** Told of every watch that was examined and saved, for the metrics. */
  readonly onCheck?: (watch: string, outcome: State) => void;
  readonly log: Logger;
  readonly workers?: number;
}

/** One pass over the watches, for the log line and for `round` in a terminal. */
export interface RoundSummary {
  readonly checked: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** What happened to alerts, by reason (`first`, `worse`, `recovered`…) or `edit`. */
  readonly changes: Readonly<Record<string, number>>;
  /** Watches that could not be examined or saved, and askings of the store that failed. */
  readonly failed: number;
}

type Counts = Record<string, number>;

const count = (counts: Counts, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

const wordOf = (change: Change): string => ("reason" in change ? change.reason : change.kind);

/** Examines one claimed watch and saves what it changed; undefined when somebody else has taken the watch meanwhile. */
const checkClaim = async (
  deps: RoundDeps,
  claim: Claim,
  watch: Watch,
): Promise<{ readonly outcome: State; readonly change: Change } | undefined> => {
  const { verdict, note } = await examineWatch(deps, watch, claim.state);
  const now = deps.now();
  const { state, change } = transition(claim.state, verdict, now, {
    card: cardOf(watch, note),
    policy: watch.policy,
    unknownAfterMs: deps.unknownAfterMs,
    repeatCriticalMs: deps.repeatCriticalMs ?? REPEAT_CRITICAL_MS,
    newId: deps.newId,
  });
  const due = nextDueAt(watch, state, verdict, now, deps.random());
  const saved = await deps.store.saveRound(claim, { state, checkedAt: now, nextDueAt: due });
  return saved ? { outcome: verdict.state, change } : undefined;
};

/**
 * One round over the watches that are due, or over all of them: up to ten at a time, each claimed, examined and saved
 * on its own, so that one failure never stops the rest. Never rejects; what failed is counted and logged, and is due
 * again when its lease ends. An aborted `signal` ends the round after the watches in hand.
 */
export const runRound = async (deps: RoundDeps, which: "due" | "all", signal?: AbortSignal): Promise<RoundSummary> => {
  const { store, log } = deps;
  const watches = new Map(deps.watches.map((watch) => [watch.name, watch]));
  const roundStartedAt = deps.now();
  const outcomes: Counts = {};
  const changes: Counts = {};
  let checked = 0;
  let failed = 0;

  const take = async (): Promise<Claim | undefined> => {
    if (signal?.aborted === true) return undefined;
    try {
      const claims = await store.claimDue({ now: deps.now(), leaseMs: LEASE_MS, limit: 1, which, roundStartedAt });
      return claims[0];
    } catch (error) {
      failed++;
      log.error({ err: error }, "the store did not say which watches are due");
      return undefined;
    }
  };

  const check = async (claim: Claim): Promise<void> => {
    const watch = watches.get(claim.watch);
    if (watch === undefined) {
      log.debug({ watch: claim.watch }, "not in this watchlist; left alone");
      return;
    }
    try {
      const done = await checkClaim(deps, claim, watch);
      if (done === undefined) {
        failed++;
        log.warn({ watch: watch.name }, "the inspection took longer than its lease; its result was dropped");
        return;
      }
      checked++;
      count(outcomes, done.outcome);
      if (done.change.kind !== "none") count(changes, wordOf(done.change));
      deps.onCheck?.(watch.name, done.outcome);
    } catch (error) {
      failed++;
      log.error({ watch: watch.name, err: error }, "the watch could not be examined or saved");
    }
  };

  // A round with nothing to do asks the store once: each watch that is found brings in one more worker.
  const workers: Promise<void>[] = [];
  const work = async (): Promise<void> => {
    for (let claim = await take(); claim !== undefined; claim = await take()) {
      if (workers.length < (deps.workers ?? WORKERS)) workers.push(work());
      await check(claim);
    }
  };
  workers.push(work());
  for (const worker of workers) await worker;

  const summary: RoundSummary = { checked, outcomes, changes, failed };
  const durationMs = deps.now().getTime() - roundStartedAt.getTime();
  if (checked + failed > 0) log.info({ which, ...summary, durationMs }, "round ended");
  else log.debug({ which, durationMs }, "round ended; nothing was due");
  return summary;
};
