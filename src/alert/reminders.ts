import { DAY_MS, HOUR_MS } from "../token/duration.ts";
import { ageMs } from "../token/set-back.ts";
import type { Alert } from "./alert.ts";
import { needsResponse } from "./reminders-off.ts";

/**
 * The time of the next reminder of an alert without a response. Reminders come every `repeatMs` on the first day, then daily,
 * and weekly from the 14th day. They never come more often than every `repeatMs`. The time is rounded up to the full
 * hour, or to a quarter of a shorter interval. So alerts that opened one after the other are reminded together.
 */
export function remindedAt(
  { spokeAt, criticalSince }: Pick<Alert, "spokeAt" | "criticalSince">,
  repeatMs: number,
): Date {
  const openMs = spokeAt.getTime() - (criticalSince ?? spokeAt).getTime();
  const every = Math.max(repeatMs, openMs >= WEEKLY_FROM_MS ? WEEK_MS : openMs >= DAILY_FROM_MS ? DAY_MS : 0);
  const gridMs = gridOf(repeatMs);
  return new Date(Math.ceil((spokeAt.getTime() + every) / gridMs) * gridMs);
}

/** The time grid of reminders, in milliseconds. */
export function gridOf(repeatMs: number): number {
  return Math.min(HOUR_MS, repeatMs / 4);
}

/**
 * False within half a repeat interval after the last notice. A reminder names all alerts of the group, so more would
 * repeat it.
 */
export function mayRemind({ spokeAt }: Spoken, now: Date, repeatMs: number): boolean {
  return ageMs(spokeAt, now) >= repeatMs / 2;
}

/** True for an alert that a reminder of its group names, even before its own time. */
export function isNamedToo(alert: Alert, now: Date): boolean {
  return alert.severity === "critical" && needsResponse(alert, now);
}

const WEEK_MS = 7 * DAY_MS;

/** The ages from which reminders of an alert without a response come daily or weekly. */
const DAILY_FROM_MS = DAY_MS;
const WEEKLY_FROM_MS = 14 * DAY_MS;

/** A message with the time at which it last notified people; null before its first post. */
interface Spoken {
  readonly spokeAt: Date | null;
}
