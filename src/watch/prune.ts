import { DAY_MS } from "../token/duration.ts";
import type { WatchStore } from "./ports.ts";

const DEADLINE = "prune";
const SPEC = "daily";

/** A year, and time enough to compare with the year before. */
const KEPT_MS = 400 * DAY_MS;

/** After a longer jump it may be the clock that is wrong: this much too much may be forgotten, and a year is left. */
const TRUSTED_MS = KEPT_MS - 365 * DAY_MS;

/** Who opened the Home: it is kept up to date for a week, so nobody needs to know for longer than a month. */
const VIEWERS_KEPT_MS = 30 * DAY_MS;

/**
 * Once a day, of all replicas together, forgets history and what is over for more than 400 days, and who opened the Home
 * last more than 30 days ago. Not at the first time, nor after a jump of the clock by more than a month: what is forgotten
 * does not come back, so a day later the clock must say so again.
 * @returns how many rows went; null when it was not the time
 */
export const runPrune = async (
  store: Pick<WatchStore, "readDeadline" | "advanceDeadline" | "prune">,
  now: Date,
): Promise<number | null> => {
  const deadline = await store.readDeadline(DEADLINE);
  const next = new Date(now.getTime() + DAY_MS);
  // Further away than a day it was reckoned by a clock that was set back since.
  if (deadline !== null && deadline.spec === SPEC && deadline.at > now && deadline.at <= next) return null;
  if (!(await store.advanceDeadline(DEADLINE, deadline, { at: next, spec: SPEC }, []))) return null;
  const waitedMs = deadline === null ? Infinity : now.getTime() - deadline.at.getTime();
  if (waitedMs < 0 || waitedMs > TRUSTED_MS) return null;
  return store.prune(new Date(now.getTime() - KEPT_MS), new Date(now.getTime() - VIEWERS_KEPT_MS));
};
