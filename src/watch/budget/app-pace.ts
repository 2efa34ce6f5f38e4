import { HOUR_MS, MINUTE_MS } from "../../token/duration.ts";
import { atTime, type Budget, percentOf } from "./budget.ts";
import { allowedIntervalMs, type Pace, PACES, paceOf } from "./pace.ts";

/** What Meta's limit allows for the watches of one Meta app. */
export interface AppPace {
  /** The ID of the app. */
  readonly app: string;
  readonly pace: Pace;
  /** The used share of the hourly limit, in percent. Null when Graph did not say, or longer than an hour ago. */
  readonly percent: number | null;
  /** The number of watches of the app. */
  readonly watches: number;
  /** The interval that the limit allows for all of them, in milliseconds, at least a minute. Null when nobody knows it. */
  readonly intervalMs: number | null;
}

/**
 * The paces of the apps that have watches, the slowest first. Only of those about which Graph said something in the last
 * hour, or whose limit was reached before and not tried since.
 * @param countOf the number of watches of an app
 */
export function pacesOf(
  budgets: ReadonlyMap<string, Budget>,
  countOf: (app: string) => number,
  now: Date,
): readonly AppPace[] {
  return [...budgets]
    .map(([app, stored]): AppPace => {
      const budget = atTime(stored, now);
      const pace = paceOf(budget, now);
      const watches = countOf(app);
      const intervalMs = intervalOf(pace, budget, watches, now);
      return { app, pace, percent: percentOf(budget, now), watches, intervalMs };
    })
    .filter(({ pace, percent, watches }) => watches > 0 && (pace.kind !== "normal" || percent !== null))
    .toSorted(
      (a, b) => PACES.indexOf(b.pace.kind) - PACES.indexOf(a.pace.kind) || (b.intervalMs ?? 0) - (a.intervalMs ?? 0),
    );
}

/**
 * Near the limit, the pace goes up and down around the same value, so the interval does not follow it. A paused app has
 * none: what it may do after the pause is not known.
 */
function intervalOf(pace: Pace, budget: Budget, watches: number, now: Date): number | null {
  if (pace.kind === "paused" || pace.kind === "trying") return null;
  const known = allowedIntervalMs(budget, watches, now);
  const allowed = known ?? (pace.kind === "reduced" ? (watches * HOUR_MS) / pace.perHour : null);
  return allowed === null ? null : Math.max(MINUTE_MS, allowed);
}
