import { HOUR_MS, MINUTE_MS } from "../../token/duration.ts";
import { type Budget, pausedUntil, percentOf } from "./budget.ts";
import { checksOf } from "./check-counts.ts";

/** How fast the tokens of a Meta app may be checked. */
export type Pace =
  | { readonly kind: "normal" }
  /** Graph reported 75 % or more of the limit. */
  | { readonly kind: "reduced"; readonly percent: number; readonly perHour: number }
  /** Graph reported the limit. */
  | { readonly kind: "paused"; readonly until: Date }
  /** A pause has ended, or a high share is older than an hour: one check shows what Graph allows now. */
  | { readonly kind: "trying"; readonly after: "pause" | "high share" };

/** The kinds of paces, the slowest last. */
export const PACES: readonly Pace["kind"][] = ["normal", "reduced", "trying", "paused"];

/** The pace that follows from what Graph reported. */
export function paceOf(budget: Budget, now: Date): Pace {
  const until = pausedUntil(budget, now);
  if (until !== null) return { kind: "paused", until };
  const percent = percentOf(budget, now);
  const wasHigh = budget.percent !== null && budget.percent >= REDUCED_FROM;
  if (budget.limit !== null) return { kind: "trying", after: "pause" };
  if (wasHigh && percent === null) return { kind: "trying", after: "high share" };
  if (percent === null || percent < REDUCED_FROM) return { kind: "normal" };
  return {
    kind: "reduced",
    percent,
    perHour: Math.max(FEWEST_AN_HOUR, reducedRate(percent, checksOf(budget.counts, now))),
  };
}

/**
 * The number of further checks that may begin now: Graph's last report and the running checks together stay below
 * `MOST_PERCENT`. Infinite when Graph reported no share.
 * @param running checks that began and have no answer yet
 */
export function roomFor(budget: Budget, running: number, now: Date): number {
  const percent = percentOf(budget, now);
  if (percent === null) return Infinity;
  const answered = Math.max(1, checksOf(budget.counts, now) - running);
  // Graph may round the share down.
  const percentOfCheck = (percent + 1) / answered;
  return Math.max(0, Math.floor((MOST_PERCENT - percent) / percentOfCheck) - running);
}

/**
 * The shortest interval that the limit allows for this many watches, in milliseconds. Null when Graph has reported too
 * little to say.
 */
export function allowedIntervalMs(budget: Budget, watches: number, now: Date): number | null {
  const percent = percentOf(budget, now);
  const checks = checksOf(budget.counts, now);
  if (percent === null || percent < LEAST_PERCENT || checks < LEAST_CHECKS) return null;
  return (watches * HOUR_MS) / ((checks * STEADY_PERCENT) / percent);
}

/** True when other programs must know the budget: Graph reported a limit, or at least half of it as used. */
export function isNotable(budget: Budget, now: Date): boolean {
  return budget.limit !== null || (percentOf(budget, now) ?? 0) >= SHARED_FROM;
}

/** The longest time for which checks that were possible may begin later, all at once. */
export const SAVED_UP_MS = 5 * MINUTE_MS;

/** From this share on, in percent, the bot asks less. */
export const REDUCED_FROM = 75;

/** In percent. Far below the limit, nobody needs to know. */
const SHARED_FROM = 50;

/** The bot leaves the rest to the other programs that use the app. */
const MOST_PERCENT = 90;

/** With a reduced pace, the share settles here, because calls of the last hour are forgotten as fast as new ones come. */
const STEADY_PERCENT = 78;

/** Below these values, Graph's rounded share says too little. */
const LEAST_PERCENT = 5;
const LEAST_CHECKS = 20;

/** Without any check, nobody learns that the share fell. */
const FEWEST_AN_HOUR = 12;

/**
 * The rate falls from the whole limit at `REDUCED_FROM` to nothing at `MOST_PERCENT`. The limit, in checks an hour, is
 * the checks of the last hour divided by the share that Graph reports for them.
 */
function reducedRate(percent: number, checks: number): number {
  const limit = (checks * 100) / Math.max(percent, 1);
  return (limit * (MOST_PERCENT - percent)) / (MOST_PERCENT - REDUCED_FROM);
}
