// budget/ decides how many checks Meta's limits allow. budget.ts and pace.ts are the model: what Graph reported about
// the calls of a Meta app, and the pace that follows. account.ts adds the running checks of this program. gate.ts holds
// the accounts of all apps. To change how fast the bot asks near a limit, change pace.ts.
import { HOUR_MS } from "../../token/duration.ts";
import { isWaiting, notAfter } from "../../token/set-back.ts";
import { addChecks, type CheckCounts } from "./check-counts.ts";

/** What one answer of Graph says about the limit of a Meta app, or about its limit for one WhatsApp account. */
export interface Usage {
  /** The used share of the hourly limit, in percent. Null when the answer did not say. */
  readonly percent: number | null;
  /** How long to ask nothing, in milliseconds. Null when the limit is not reached. */
  readonly waitMs: number | null;
}

/** What Graph last said about the calls of one Meta app. All replicas share it. */
export interface Budget {
  /** Null when Graph did not say. */
  readonly percent: number | null;
  /** The time of the answer that said so. */
  readonly at: Date;
  /** The limit that Graph reported last. Null after a later answer without a limit. */
  readonly limit: Limit | null;
  readonly counts: CheckCounts;
}

/** Nothing is asked for `waitMs` after `since`. */
interface Limit {
  readonly since: Date;
  readonly waitMs: number;
}

/** The budget of an app before its first answer. */
export function newBudget(now: Date): Budget {
  return { percent: null, at: now, limit: null, counts: [] };
}

/**
 * The budget without times in the future, which were written before the clock was set back. Call it before every look at
 * a stored budget. Otherwise a pause would last until the clock reaches its old end.
 */
export function atTime(budget: Budget, now: Date): Budget {
  const { at, limit, counts } = budget;
  return {
    ...budget,
    at: notAfter(at, now),
    limit: limit === null ? null : { ...limit, since: notAfter(limit.since, now) },
    counts: addChecks(counts, 0, now),
  };
}

/** True when the budget has a time in the future. */
export function isAhead({ at, limit }: Budget, now: Date): boolean {
  return at > now || (limit !== null && limit.since > now);
}

/** The budget after an answer. A pause lasts until its end, because running calls still bring answers from before it. */
export function afterAnswer(budget: Budget, { percent, waitMs }: Usage, now: Date): Budget {
  if (waitMs !== null) return { ...budget, percent, at: now, limit: laterOf(budget.limit, { since: now, waitMs }) };
  if (pausedUntil(budget, now) !== null) return budget;
  if (percent !== null) return { ...budget, percent, at: now, limit: null };
  // Graph leaves the header out when an app has made few calls. Until the old share has aged, it still counts.
  const isKept = budget.limit === null && percentOf(budget, now) !== null;
  return isKept ? budget : { ...budget, percent: null, at: now, limit: null };
}

/** The end of the pause; null when there is none. */
export function pausedUntil({ limit }: Budget, now: Date): Date | null {
  if (limit === null) return null;
  const until = endOf(limit);
  return isWaiting(until, now, limit.waitMs) ? new Date(until) : null;
}

/** The reported share; null when it is older than an hour, because Graph counts the calls of one hour. */
export function percentOf({ percent, at }: Budget, now: Date): number | null {
  return now.getTime() - at.getTime() < HOUR_MS ? percent : null;
}

/**
 * What two programs know together. The later answer counts. A pause that one of them knows of counts for both.
 * @param other counts the checks of both, except the last `checks` of `own`
 */
export function sharedBudget(own: Budget, other: Budget, checks: number, now: Date): Budget {
  const [a, b] = [atTime(own, now), atTime(other, now)];
  const latest = a.at >= b.at ? a : b;
  const paused = [a, b].flatMap((budget) => (pausedUntil(budget, now) === null ? [] : [budget.limit]));
  return {
    percent: latest.percent,
    at: latest.at,
    limit: laterOf(...paused) ?? latest.limit,
    counts: addChecks(b.counts, checks, now),
  };
}

function endOf({ since, waitMs }: Limit): number {
  return since.getTime() + waitMs;
}

/** The limit that ends later. */
function laterOf(...limits: readonly (Limit | null)[]): Limit | null {
  return limits.reduce<Limit | null>(
    (last, limit) => (limit !== null && (last === null || endOf(limit) > endOf(last)) ? limit : last),
    null,
  );
}
