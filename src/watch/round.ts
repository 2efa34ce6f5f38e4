import { MINUTE_MS } from "../token/duration.ts";
import type { State } from "../token/finding.ts";
import { checkClaim, type CheckClaimDeps, wordOf } from "./check-claim.ts";
import type { Claim, WatchStore } from "./ports.ts";
import type { Watch } from "./watch.ts";

/** Inspections at a time: they wait for the network, not for the processor. */
const WORKERS = 10;

/** Longer than any inspection: two askings of 20 s, the pause between them and two commands of 10 s. */
const LEASE_MS = 2 * MINUTE_MS;

export interface RoundDeps extends CheckClaimDeps {
  readonly store: Pick<WatchStore, "claimDue" | "saveRound">;
  readonly watches: readonly Watch[];
  /** Told of every watch that was examined and saved, for the metrics. */
  readonly onCheck?: (watch: string, outcome: State) => void;
  readonly workers?: number;
}

/** What the store did not take of a round; it is done again later. */
export interface StoreProblem {
  /** `claim`: it did not say which watches are due; `save`: it did not keep what was found. */
  readonly step: "claim" | "save";
  /** The store's own words. */
  readonly message: string;
}

/** One pass over the watches, for the log line and for `round` in a terminal. */
export interface RoundSummary {
  readonly checked: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** What happened to alerts, by reason (`first`, `worse`, `recovered`…) or `edit`. */
  readonly changes: Readonly<Record<string, number>>;
  /** Watches that could not be examined or saved, and askings of the store that failed. */
  readonly failed: number;
  /** Null when the store took all of it. */
  readonly storeProblem: StoreProblem | null;
}

type Counts = Record<string, number>;

const count = (counts: Counts, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/**
 * One round over the watches that are due, or over all of them: up to ten at a time, each claimed, examined and saved
 * on its own, so that one failure never stops the rest. Never rejects; what failed is counted and logged, and is due
 * again when its lease ends. An aborted `signal` ends the round after the watches in hand.
 */
export const runRound = async (deps: RoundDeps, which: "due" | "all", signal?: AbortSignal): Promise<RoundSummary> => {
  const { log } = deps;
  let storeProblem: StoreProblem | null = null;
  const noting =
    (step: StoreProblem["step"]) =>
    (error: unknown): never => {
      storeProblem = { step, message: error instanceof Error ? error.message : "The store does not answer." };
      throw error;
    };
  const store: RoundDeps["store"] = {
    claimDue: (options) => deps.store.claimDue(options).catch(noting("claim")),
    saveRound: (claim, outcome) => deps.store.saveRound(claim, outcome).catch(noting("save")),
  };
  const watches = new Map(deps.watches.map((watch) => [watch.name, watch]));
  const names = [...watches.keys()];
  const roundStartedAt = deps.now();
  const outcomes: Counts = {};
  const changes: Counts = {};
  let checked = 0;
  let failed = 0;

  const take = async (): Promise<Claim | undefined> => {
    if (signal?.aborted === true) return undefined;
    try {
      const claims = await store.claimDue({
        names,
        now: deps.now(),
        leaseMs: LEASE_MS,
        limit: 1,
        which,
        roundStartedAt,
      });
      return claims[0];
    } catch (error) {
      failed++;
      log.error({ err: error }, "the store did not say which watches are due");
      return undefined;
    }
  };

  const check = async (claim: Claim): Promise<void> => {
    const watch = watches.get(claim.watch);
    // The store gives only what it was asked for.
    if (watch === undefined) return;
    try {
      const done = await checkClaim({ ...deps, store }, claim, watch);
      if (done === undefined) {
        failed++;
        log.warn(
          { watch: watch.name },
          "the watch changed hands or its alert was answered meanwhile; its result was dropped",
        );
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

  const counts = { checked, outcomes, changes, failed };
  const durationMs = deps.now().getTime() - roundStartedAt.getTime();
  if (checked + failed > 0) log.info({ which, ...counts, durationMs }, "round ended");
  else log.debug({ which, durationMs }, "round ended; nothing was due");
  return { ...counts, storeProblem };
};
