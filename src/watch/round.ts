import { MINUTE_MS } from "../token/duration.ts";
import type { State } from "../token/finding.ts";
import { redact } from "../token/shape.ts";
import { OwnTroubleError } from "../token/own-trouble.ts";
import { checkClaim, type CheckClaimDeps, wordOf } from "./check-claim.ts";
import { createWorkerSlots } from "./worker-slots.ts";
import type { Claim, WatchStore } from "./ports.ts";
import { REOPEN_MS } from "./speak-again.ts";
import type { Watch } from "./watch.ts";

/** Inspections at a time: they wait for the network, not for the processor. */
const WORKERS = 10;

/** Beside those, watches that wait to be asked about again: when thousands turn bad at once, each waits 2 s. */
const MOST_PAUSING = 100;

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
  /** Results that came to nothing because somebody answered the alert meanwhile; each watch was looked at again. */
  readonly answered: number;
  /** Watches that could not be examined or saved, and askings of the store that failed. */
  readonly failed: number;
  /** Null when the store took all of it. */
  readonly storeProblem: StoreProblem | null;
  /** What this process has run out of; null when it had all that it needed. */
  readonly ownTrouble: string | null;
}

type Counts = Record<string, number>;

const count = (counts: Counts, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

/** Lets everything else have its turn: people who wait for an answer come between the watches. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * One round over the watches that are due, or over all of them: up to ten at a time, as many claimed at once as are
 * free (who waits to be asked about again is none of the ten), each examined and saved on its own, so that one failure never stops the rest. Never rejects; what failed is
 * counted and logged, and is due again when its lease ends. An aborted `signal` ends the round after the watches in
 * hand. So does a process that has run out of a resource: its watches are as they were, and the others stay due.
 */
export const runRound = async (deps: RoundDeps, which: "due" | "all", signal?: AbortSignal): Promise<RoundSummary> => {
  const { log } = deps;
  let storeProblem: StoreProblem | null = null;
  let ownTrouble: string | null = null;
  const noting =
    (step: StoreProblem["step"]) =>
    (error: unknown): never => {
      storeProblem = { step, message: error instanceof Error ? redact(error.message) : "The store does not answer." };
      throw error;
    };
  const store: RoundDeps["store"] = {
    claimDue: (options) => deps.store.claimDue(options).catch(noting("claim")),
    saveRound: (claim, outcome) => deps.store.saveRound(claim, outcome).catch(noting("save")),
  };
  const watches = new Map(deps.watches.map((watch) => [watch.name, watch]));
  const names = [...watches.keys()];
  const beganAt = deps.now();
  let roundStartedAt = beganAt;
  let mayBeMore = true;
  const outcomes: Counts = {};
  const changes: Counts = {};
  const dropped = new Set<string>();
  const slots = createWorkerSlots(deps.workers ?? WORKERS, MOST_PAUSING);
  let checked = 0;
  let answered = 0;
  let failed = 0;

  /** Undefined when the store does not say. */
  const take = async (limit: number): Promise<readonly Claim[] | undefined> => {
    const now = deps.now();
    // Set back meanwhile: what this round has checked since must not look as if it had been before the round.
    if (now < roundStartedAt) roundStartedAt = now;
    try {
      const resolvedSince = new Date(now.getTime() - REOPEN_MS);
      return await store.claimDue({ names, now, leaseMs: LEASE_MS, limit, which, roundStartedAt, resolvedSince });
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
    if (dropped.delete(watch.name)) {
      answered++;
      log.info({ watch: watch.name }, "its alert was answered meanwhile; the watch is looked at again");
    }
    try {
      const wait = (ms: number): Promise<void> => slots.pause(() => deps.wait(ms));
      const done = await checkClaim({ ...deps, wait, store }, claim, watch);
      if (done === undefined) {
        // It is free again at once when somebody answered its alert, and not when it is in other hands.
        dropped.add(watch.name);
        mayBeMore = true;
        return;
      }
      checked++;
      count(outcomes, done.outcome);
      if (done.change.kind !== "none") count(changes, wordOf(done.change));
      deps.onCheck?.(watch.name, done.outcome);
    } catch (error) {
      failed++;
      if (error instanceof OwnTroubleError) {
        if (ownTrouble === null) log.error({ code: error.code }, error.message);
        ownTrouble = error.message;
        return;
      }
      log.error({ watch: watch.name, err: error }, "the watch could not be examined or saved");
    }
  };

  const inHand = new Set<Promise<void>>();
  const stopped = (): boolean => signal?.aborted === true || ownTrouble !== null;
  while (!stopped() && (mayBeMore || inHand.size > 0)) {
    const free: number = mayBeMore ? slots.free() : 0;
    if (free === 0) {
      await slots.changed();
      continue;
    }
    // Before it is asked: what is given back while the store answers makes another asking worth while.
    mayBeMore = false;
    const claims = await take(free);
    if (claims === undefined) break;
    mayBeMore ||= claims.length === free;
    for (const claim of claims) {
      slots.take();
      const work = check(claim).finally(() => {
        inHand.delete(work);
        slots.release();
      });
      inHand.add(work);
    }
    await turn();
  }
  await Promise.all(inHand);
  for (const watch of dropped) {
    failed++;
    log.warn({ watch }, "the watch changed hands or its alert was answered meanwhile; its result was dropped");
  }

  const counts = { checked, outcomes, changes, answered, failed };
  const durationMs = deps.now().getTime() - beganAt.getTime();
  if (checked + failed > 0) log.info({ which, ...counts, durationMs }, "round ended");
  else log.debug({ which, durationMs }, "round ended; nothing was due");
  return { ...counts, storeProblem, ownTrouble };
};
