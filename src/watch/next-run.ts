import { DAY_MS, MINUTE_MS } from "../token/duration.ts";
import { offsetMs } from "../token/zone.ts";
import { type Cron, readCron } from "./cron.ts";

/**
 * The first instant after `after` that matches a cron expression in a time zone; null when none does. When clocks skip
 * a time, its run comes later by the skipped span: 02:30 becomes 03:30. When clocks repeat a time, only the first one
 * runs, so that a digest is not sent twice. Hourly expressions run both times: with node-cron's own calculation, rounds
 * would stop for an hour. Throws for an invalid expression and for an unknown time zone.
 * @param expression five fields, or six with seconds first
 */
export function nextRun(expression: string, timezone: string, after: Date): Date | null {
  const cron = readCron(expression);
  const afterMs = after.getTime();

  const firstIn = (quarterStartMs: number, walls: readonly Wall[]): number | undefined => {
    for (let atMs = quarterStartMs; atMs < quarterStartMs + QUARTER_HOUR_MS; atMs += MINUTE_MS) {
      if (!walls.some(({ ms, again }) => matches(cron, { ms: ms + atMs - quarterStartMs, again }))) continue;
      const second = cron.seconds.find((seconds) => atMs + seconds * 1_000 > afterMs);
      if (second !== undefined) return atMs + second * 1_000;
    }
    return undefined;
  };

  const firstDay = Math.floor(afterMs / DAY_MS);
  let quarterStartMs = Math.floor(afterMs / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
  for (let day = firstDay; day <= firstDay + FURTHEST_DAYS;) {
    const walls = wallsAt(quarterStartMs, timezone).filter((wall) => cron.matchesDay(dayOf(wall)));
    const found = firstIn(quarterStartMs, walls);
    if (found !== undefined) return new Date(found);
    quarterStartMs += QUARTER_HOUR_MS;
    if (walls.length > 0) continue;
    // Skips days that do not match, except the last one, in which clocks may change.
    for (day = Math.floor(quarterStartMs / DAY_MS) - 1; day <= firstDay + FURTHEST_DAYS && !cron.matchesDay(day);)
      day++;
    quarterStartMs = Math.max(quarterStartMs, (day - 1) * DAY_MS);
  }
  return null;
}

/** All time zones differ from UTC by a multiple of this, and change their offset at a multiple of it. */
const QUARTER_HOUR_MS = 15 * MINUTE_MS;

/** 29 February falls on a given weekday at least once in forty years. */
const FURTHEST_DAYS = 41 * 366;

/** A local time that matches an instant, usually the time on the clock. */
interface Wall {
  readonly ms: number;
  /** True: the clock already showed this time once, before it was set back. */
  readonly again: boolean;
}

/** The local times of an instant. In the hour after clocks are set forward, the skipped time counts as well. */
function wallsAt(atMs: number, timezone: string): readonly Wall[] {
  const [offset, before] = [offsetMs(atMs, timezone), offsetMs(atMs - DAY_MS, timezone)];
  const shown = { ms: atMs + offset, again: false };
  const changedMs = Math.abs(offset - before);
  if (changedMs === 0 || offsetMs(atMs - changedMs, timezone) !== before) return [shown];
  return offset < before ? [{ ...shown, again: true }] : [shown, { ms: atMs + before, again: false }];
}

function matches(cron: Cron, { ms, again }: Wall): boolean {
  return cron.matchesMinute(ms) && (!again || cron.isHourly(ms));
}

function dayOf({ ms }: Wall): number {
  return Math.floor(ms / DAY_MS);
}
