import { HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import type { Usage } from "../../src/watch/budget/budget.ts";

/** Graph's limit for one Meta app, as Meta documents it: so many calls in a rolling hour. */
export interface RollingHour {
  /** Counts one call and returns what Graph's answer says. */
  readonly call: (ms: number) => Usage;
  /** Calls that Graph refused. */
  readonly over: () => number;
}

/** @param limit calls an hour */
export function createRollingHour(limit: number): RollingHour {
  // A ring: Graph never accepts more calls than the limit in an hour.
  const times = new Float64Array(limit);
  let first = 0;
  let count = 0;
  let over = 0;
  const forget = (ms: number): void => {
    while (count > 0 && ms - (times[first] ?? 0) >= HOUR_MS) {
      first = (first + 1) % limit;
      count--;
    }
  };
  return {
    call: (ms) => {
      forget(ms);
      if (count >= limit) {
        over++;
        return { percent: 100, waitMs: 15 * MINUTE_MS };
      }
      times[(first + count) % limit] = ms;
      count++;
      const percent = Math.floor((count * 100) / limit);
      return { percent, waitMs: percent >= 100 ? 15 * MINUTE_MS : null };
    },
    over: () => over,
  };
}
