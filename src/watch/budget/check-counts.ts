import { HOUR_MS, MINUTE_MS } from "../../token/duration.ts";

/**
 * The checks of the last hour in slots of five minutes, oldest first. `at` is the start of a slot, in milliseconds since
 * the epoch. Graph counts calls in a rolling hour too.
 */
export type CheckCounts = readonly { readonly at: number; readonly checks: number }[];

/**
 * Adds checks that begin now, and drops slots that are older than an hour. Slots in the future were written before the
 * clock was set back. They count as now, because Graph still counts their calls.
 */
export function addChecks(counts: CheckCounts, checks: number, now: Date): CheckCounts {
  const slots = new Map<number, number>();
  const current = slotOf(now.getTime());
  for (const count of [...counts, { at: current, checks }]) {
    const at = Math.min(slotOf(count.at), current);
    if (count.checks > 0 && isRecent(at, now)) slots.set(at, (slots.get(at) ?? 0) + count.checks);
  }
  return [...slots].map(([at, sum]) => ({ at, checks: sum })).toSorted((a, b) => a.at - b.at);
}

/**
 * The checks of the last 55 to 60 minutes. A count that is too small makes the bot slower, and one that is too large
 * would make it too fast. So a slot that is partly older than an hour does not count.
 */
export function checksOf(counts: CheckCounts, now: Date): number {
  return counts.reduce((sum, { at, checks }) => (isRecent(at, now) ? sum + checks : sum), 0);
}

const SLOT_MS = 5 * MINUTE_MS;

function slotOf(ms: number): number {
  return Math.floor(ms / SLOT_MS) * SLOT_MS;
}

function isRecent(at: number, now: Date): boolean {
  return now.getTime() - at < HOUR_MS;
}
