import { HOUR_MS, MINUTE_MS } from "../../token/duration.ts";
import { type Budget, percentOf } from "./budget.ts";
import { allowedIntervalMs, type Pace, paceOf } from "./pace.ts";

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
 * The paces of the apps about which Graph said something in the last hour, the slowest first.
 * @param countOf the number of watches of an app
 */
export function pacesOf(
  budgets: ReadonlyMap<string, Budget>,
  countOf: (app: string) => number,
  now: Date,
): readonly AppPace[] {
  return [...budgets]
    .map(([app, budget]): AppPace => {
      const pace = paceOf(budget, now);
      const watches = countOf(app);
      const intervalMs = intervalOf(pace, budget, watches, now);
      return { app, pace, percent: percentOf(budget, now), watches, intervalMs };
    })
    .filter(({ pace, percent }) => pace.kind !== "normal" || percent !== null)
    .toSorted(
      (a, b) =>
        SLOWEST_LAST.indexOf(b.pace.kind) - SLOWEST_LAST.indexOf(a.pace.kind) ||
        (b.intervalMs ?? 0) - (a.intervalMs ?? 0),
    );
}

const SLOWEST_LAST: readonly Pace["kind"][] = ["normal", "reduced", "trying", "paused"];

/** A paused app has no interval: what it may do after the pause is not known. */
function intervalOf(pace: Pace, budget: Budget, watches: number, now: Date): number | null {
  switch (pace.kind) {
    case "reduced":
      return Math.max(MINUTE_MS, (watches * HOUR_MS) / pace.perHour);
    case "normal": {
      const allowed = allowedIntervalMs(budget, watches, now);
      return allowed === null ? null : Math.max(MINUTE_MS, allowed);
    }
    case "paused":
    case "trying":
      return null;
  }
}
