import { DAY_MS } from "../token/duration.ts";
import type { WatchStore } from "./ports.ts";

const MARK = "prune";
const SPEC = "daily";

/** A year, and time enough to compare with the year before. */
const KEPT_MS = 400 * DAY_MS;

/** Who opened the Home: it is kept up to date for a week, so nobody needs to know for longer than a month. */
const VIEWERS_KEPT_MS = 30 * DAY_MS;

/**
 * Once a day, of all replicas together, forgets history and what is over for more than 400 days, and who opened the Home
 * last more than 30 days ago.
 * @returns how many rows went; null when it was not the time
 */
export const runPrune = async (
  store: Pick<WatchStore, "readMark" | "moveMark" | "prune">,
  now: Date,
): Promise<number | null> => {
  const mark = await store.readMark(MARK);
  const next = new Date(now.getTime() + DAY_MS);
  // Further away than a day it was reckoned by a clock that was set back since.
  if (mark !== null && mark.spec === SPEC && mark.at > now && mark.at <= next) return null;
  if (!(await store.moveMark(MARK, mark, { at: next, spec: SPEC }, []))) return null;
  return store.prune(new Date(now.getTime() - KEPT_MS), new Date(now.getTime() - VIEWERS_KEPT_MS));
};
