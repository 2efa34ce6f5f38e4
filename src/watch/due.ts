import { MINUTE_MS } from "../token/duration.ts";
import { nextThresholdAt, usableThresholds } from "../token/expiry.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchState } from "./alert.ts";
import type { Watch } from "./watch.ts";

const SOONEST_MS = 1_000;

/** Spread of the interval, so that many watches do not stay in step. */
const JITTER = 0.1;

/** Past the end by this much, so that the answer about it is sure to say so. */
const AFTER_EXPIRY_MS = MINUTE_MS;

/** The longest wait that these failures asked for, in milliseconds. */
const demandedMs = (failures: readonly (InspectionFailure | null)[]): number =>
  Math.max(0, ...failures.map((failure) => failure?.retryAfterMs ?? 0));

/**
 * When to look again: the earliest of now + interval ± 10 %, the next threshold, expiry + 1 min, the next word that the
 * rules owe; never sooner than 1 s. A wait that an answer asked for, also that of a live read, outranks all of them.
 * @param random a number in [0, 1)
 * @param words instants at which people are told something though nothing changes; those behind us do not count
 */
export const nextDueAt = (
  watch: Pick<Watch, "checkIntervalMs" | "policy">,
  state: Pick<WatchState, "verdict">,
  verdict: Verdict,
  now: Date,
  random: number,
  words: readonly Date[] = [],
): Date => {
  const at = now.getTime();
  const regular = at + watch.checkIntervalMs * (1 - JITTER + 2 * JITTER * random);
  const token = state.verdict?.token ?? undefined;
  const instants = [regular, ...words.map((word) => word.getTime()).filter((word) => word > at)];
  if (token?.expiry.kind === "at") {
    const usable = usableThresholds(watch.policy.warnAt, token.expiry, token.issuedAt);
    const threshold = nextThresholdAt(usable, token.expiry, now);
    if (threshold !== undefined) instants.push(threshold.getTime());
    const ended = token.expiry.at.getTime() + AFTER_EXPIRY_MS;
    if (ended > at) instants.push(ended);
  }
  const asked = Math.min(...instants.filter(Number.isFinite));
  const demanded = at + demandedMs([verdict.failure, ...verdict.assets.map((asset) => asset.failure)]);
  return new Date(Math.max(asked, demanded, at + SOONEST_MS));
};

/**
 * When to look at a watch whose definition changed: at once, but not before a wait is over that an answer asked for.
 * @param checkedAt when the last inspection ended; null when there was none
 */
export const renewedDueAt = (
  { verdict, failing }: Pick<WatchState, "verdict" | "failing">,
  checkedAt: Date | null,
  now: Date,
): Date => {
  const last = failing === null ? (verdict?.assets ?? []).map((asset) => asset.failure) : [failing.failure];
  const waitMs = demandedMs(last);
  if (checkedAt === null || waitMs === 0) return now;
  return new Date(Math.max(now.getTime(), checkedAt.getTime() + waitMs));
};
