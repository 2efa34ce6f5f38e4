import { DAY_MS } from "../token/duration.ts";
import { ageMs, isWaiting } from "../token/set-back.ts";
import type { WatchStore } from "./ports.ts";

/**
 * Deletes history and resolved alerts older than 400 days, and Home viewers older than 30 days, once a day over all
 * replicas. Deletes nothing at the first run, or after a clock jump of more than a month. Deleted rows cannot come
 * back, so the next run, a day later, must confirm the date.
 * @returns the number of deleted rows; null when it was not due, or skipped
 */
export async function runPrune(
  store: Pick<WatchStore, "readDeadline" | "advanceDeadline" | "prune">,
  now: Date,
): Promise<number | null> {
  const deadline = await store.readDeadline(DEADLINE);
  const next = new Date(now.getTime() + DAY_MS);
  if (deadline !== null && deadline.spec === SPEC && isWaiting(deadline.at, now, DAY_MS)) return null;
  if (!(await store.advanceDeadline(DEADLINE, deadline, { at: next, spec: SPEC }, []))) return null;
  if (ageMs(deadline?.at ?? null, now) > TRUSTED_MS) return null;
  return store.prune(new Date(now.getTime() - KEPT_MS), new Date(now.getTime() - VIEWERS_KEPT_MS));
}

const DEADLINE = "prune";
const SPEC = "daily";

/** A year, plus a month to compare with the same time last year. */
const KEPT_MS = 400 * DAY_MS;

/**
 * The longest trusted gap between two runs. After a longer gap, the clock may be wrong. A wrong clock within this limit
 * still leaves a year of data.
 */
const TRUSTED_MS = KEPT_MS - 365 * DAY_MS;

/** The Home of a viewer is updated for a week, so a month is long enough. */
const VIEWERS_KEPT_MS = 30 * DAY_MS;
