import { MINUTE_MS } from "../token/duration.ts";
import type { State } from "../token/findings/finding.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import { redact } from "../token/secret/shape.ts";
import { ageMs, notAfter } from "../token/set-back.ts";
import { OwnTroubleError } from "../token/own-trouble.ts";
import { checkClaim, type CheckClaimDeps, changeName } from "./check-claim.ts";
import { createClaimsAhead } from "./pace/claims-ahead.ts";
import { createInFlight } from "./pace/in-flight.ts";
import { createSaveBatches } from "./pace/save-batches.ts";
import { nextTurn } from "./pace/next-turn.ts";
import { createSlots, type Slot } from "./pace/slots.ts";
import type { Claim, WatchStore } from "./ports.ts";
import { REOPEN_MS } from "../alert/speak-again.ts";
import type { WatchBook } from "./watch-book.ts";

export interface RoundDeps extends CheckClaimDeps {
  readonly store: Pick<WatchStore, "claimDue" | "saveRounds" | "releaseWatches">;
  readonly watches: WatchBook;
  /** Called for every inspected and saved watch, for the metrics. */
  readonly onCheck?: (watch: string, outcome: State) => void;
  /** The most inspections in flight. A round begins with ten, and follows Graph's latency and errors. */
  readonly inspectionsAtOnce: number;
  /** Called when the check of a claimed watch ended, with or without a result. */
  readonly onEnd?: (watch: string) => void;
  /** True: a watch must not be asked now, although it is claimed. It stays due. */
  readonly isPaused?: (watch: string) => boolean;
  /** Dispatches `tick` at every tick during the round. */
  readonly ticks?: Pick<EventTarget, "addEventListener" | "removeEventListener"> | undefined;
}

/** A failed step of the store in a round. It is retried later. */
export interface StoreProblem {
  /** `claim`: it did not return the due watches. `save`: it did not save the results. */
  readonly step: "claim" | "save";
  /** The error of the store. */
  readonly message: string;
}

/** The result of one round, for the log and for `round` in a terminal. */
export interface RoundSummary {
  readonly checked: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Changes of alerts, by reason (`first`, `worse`, `recovered`…) or `edit`. */
  readonly changes: Readonly<Record<string, number>>;
  /**
   * Dropped results, because a person responded to the alert during the inspection. Each of these watches was checked
   * again.
   */
  readonly responded: number;
  /** Watches that could not be checked or saved, and failed claims. */
  readonly failed: number;
  /** Null when the store saved everything. */
  readonly storeProblem: StoreProblem | null;
  /** The resource that this process ran out of; null when there was enough. */
  readonly ownTrouble: string | null;
}

/**
 * One round over the due watches, or over all. It claims watches in batches, ahead of the inspections. Pauses before a
 * second try and results that wait for their save do not count as in flight. Each watch is checked on its own, so one
 * failure does not stop the others. While a watch hangs, a tick looks for watches that became due. Never rejects:
 * failures are counted and logged, and the failed watches are due again when their lease ends. An aborted `signal` ends
 * the round after the current watches. The round also ends when this process runs out of a resource. Its watches then do
 * not change and stay due.
 */
export async function runRound(deps: RoundDeps, which: "due" | "all", signal?: AbortSignal): Promise<RoundSummary> {
  const { log } = deps;
  let storeProblem: StoreProblem | null = null;
  let ownTrouble: string | null = null;
  const noting =
    (step: StoreProblem["step"]) =>
    (error: unknown): never => {
      storeProblem = { step, message: error instanceof Error ? redact(error.message) : "The store does not answer." };
      throw error;
    };
  const { watches } = deps;
  const beganAt = deps.now();
  let roundStartedAt = beganAt;
  const outcomes: Counts = {};
  const changes: Counts = {};
  const dropped = new Set<string>();
  const inFlight = createInFlight(deps.inspectionsAtOnce);
  const slots = createSlots(inFlight.limit, deps.now);
  let checked = 0;
  let responded = 0;
  let failed = 0;

  /** Undefined when the store fails. */
  const claim = async (limit: number): Promise<readonly Claim[] | undefined> => {
    const now = deps.now();
    // The clock may be set back during the round. Later checks must still count as checks of this round.
    roundStartedAt = notAfter(roundStartedAt, now);
    try {
      const resolvedSince = new Date(now.getTime() - REOPEN_MS);
      return await deps.store
        .claimDue({ names: watches, now, leaseMs: LEASE_MS, limit, which, roundStartedAt, resolvedSince })
        .catch(noting("claim"));
    } catch (error) {
      failed++;
      log.error({ err: error }, "could not read the due watches from the store");
      return undefined;
    }
  };

  const release = async (claims: readonly Claim[]): Promise<void> => {
    try {
      await deps.store.releaseWatches(claims);
    } catch (error) {
      log.warn({ err: error }, "could not release claimed watches; they are due again when their lease ends");
    }
    for (const { watch } of claims) deps.onEnd?.(watch);
  };

  const most = (): number => Math.min(inFlight.limit(), MOST_AHEAD);
  const ahead = createClaimsAhead({ claim, release, most, now: deps.now, changed: slots.wake });
  const saves = createSaveBatches({ ...deps, isMoreComing: () => slots.taken() > 0 || ahead.waiting() > 0 });

  const check = async (claimed: Claim, slot: Slot): Promise<void> => {
    const watch = watches.get(claimed.watch);
    // The watch left its fleet after the claim.
    if (watch === undefined) return deps.onEnd?.(claimed.watch);
    if (dropped.delete(watch.name)) {
      responded++;
      log.info({ watch: watch.name }, "a person responded to the alert during the check; the watch is checked again");
    }
    try {
      const wait = (ms: number): Promise<void> => slot.pause(() => deps.wait(ms));
      const { state, change, failure, outcome } = await checkClaim({ ...deps, wait }, claimed, watch).finally(() =>
        deps.onEnd?.(watch.name),
      );
      inFlight.ended({ ms: slot.workedMs(), isOverloaded: OVERLOADS.includes(failure?.kind) });
      slot.release();
      if (!(await saves.save({ claim: claimed, outcome }).catch(noting("save")))) {
        // After a person's answer, the watch is free at once, and the next claim returns it. A watch that another
        // program holds does not come back.
        dropped.add(watch.name);
        ahead.lookAgain();
        return;
      }
      checked++;
      count(outcomes, state);
      if (change.kind !== "none") {
        count(changes, changeName(change));
        log.info({ watch: watch.name, state, change: changeName(change) }, "alert changed");
      }
      deps.onCheck?.(watch.name, state);
    } catch (error) {
      failed++;
      if (error instanceof OwnTroubleError) {
        if (ownTrouble === null) log.error({ code: error.code }, error.message);
        ownTrouble = error.message;
        return;
      }
      log.error({ watch: watch.name, err: error }, "could not check or save the watch");
    }
  };

  /** After two minutes, watches that become due wait for the next round. So every round ends. */
  const lookAgain = (): void => {
    const now = deps.now();
    if (!ahead.isEmpty() || ageMs(beganAt, now) >= LOOKS_FOR_MS) return;
    roundStartedAt = now;
    ahead.lookAgain();
    slots.wake();
  };
  if (which === "due") deps.ticks?.addEventListener("tick", lookAgain);

  const inHand = new Set<Promise<void>>();
  const begin = (claimed: Claim): void => {
    const slot = slots.take();
    const work = check(claimed, slot).finally(() => {
      inHand.delete(work);
      slot.release();
      slots.wake();
    });
    inHand.add(work);
  };
  let begun = 0;
  const stopped = (): boolean => signal?.aborted === true || ownTrouble !== null;
  while (!stopped()) {
    ahead.refill();
    const claimed = slots.free() > 0 && !saves.isFull() ? ahead.next() : undefined;
    if (claimed !== undefined) {
      if (deps.isPaused?.(claimed.watch) === true) await release([claimed]);
      else begin(claimed);
      if (++begun % BEGUN_IN_A_TURN === 0) await nextTurn();
      continue;
    }
    if (ahead.isEmpty() && inHand.size === 0) break;
    await slots.changed();
    await nextTurn();
  }
  deps.ticks?.removeEventListener("tick", lookAgain);
  await ahead.giveBack();
  await Promise.all(inHand);
  for (const watch of dropped) {
    failed++;
    log.warn(
      { watch },
      "dropped the result of a watch: another program claimed it, or a person responded to its alert",
    );
  }

  const counts = { checked, outcomes, changes, responded, failed };
  const durationMs = deps.now().getTime() - beganAt.getTime();
  if (checked + failed > 0) log.info({ which, ...counts, durationMs }, "round ended");
  else log.debug({ which, durationMs }, "round ended; no watch was due");
  return { ...counts, storeProblem, ownTrouble };
}

/** Failures that fewer inspections at once can prevent. */
const OVERLOADS: readonly (InspectionFailure["kind"] | undefined)[] = ["throttled", "unreachable"];

/** The most claims that wait for their inspection. More would keep small machines busy with one claim for too long. */
const MOST_AHEAD = 200;

/** Longer than any inspection: two calls of 20 s, the pause between them and two commands of 10 s. */
const LEASE_MS = 2 * MINUTE_MS;

/** Longer than any inspection. The work after a round waits for its end. */
const LOOKS_FOR_MS = 2 * MINUTE_MS;

type Counts = Record<string, number>;

function count(counts: Counts, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The most inspections to begin before other work runs. */
const BEGUN_IN_A_TURN = 10;
