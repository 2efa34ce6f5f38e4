import { DAY_MS, MINUTE_MS } from "../token/duration.ts";
import { offsetMs } from "../token/zone.ts";
import { type Cron, readCron } from "./cron.ts";

/** Clocks all over the world are a multiple of this from UTC, and change at one. */
const STEP_MS = 15 * MINUTE_MS;

/** The 29th of February on a given weekday comes every forty years at the latest. */
const FURTHEST_DAYS = 41 * 366;

/** What an instant counts as: usually what clocks show. */
interface Wall {
  readonly ms: number;
  /** Clocks have shown it before, because they were set back since. */
  readonly again: boolean;
}

/** In the hour after clocks were set forward, an instant counts as the time that was left out as well. */
const wallsAt = (atMs: number, timezone: string): readonly Wall[] => {
  const [offset, before] = [offsetMs(atMs, timezone), offsetMs(atMs - DAY_MS, timezone)];
  const shown = { ms: atMs + offset, again: false };
  const changedMs = Math.abs(offset - before);
  if (changedMs === 0 || offsetMs(atMs - changedMs, timezone) !== before) return [shown];
  return offset < before ? [{ ...shown, again: true }] : [shown, { ms: atMs + before, again: false }];
};

const matches = (cron: Cron, { ms, again }: Wall): boolean => cron.matchesMinute(ms) && (!again || cron.isHourly(ms));

const dayOf = ({ ms }: Wall): number => Math.floor(ms / DAY_MS);

/**
 * The first instant after another at which a cron expression (five fields, or six with seconds first) comes in a time
 * zone; null when it never does. Where clocks are set forward, what they leave out comes as much later; where they are
 * set back, a time of day comes once, the first time, and only what comes every hour goes on coming: the digest is not
 * sent twice, and the rounds do not fall silent for an hour, as by node-cron's own reckoning. Throws for an expression
 * that cannot be read and for a time zone that nobody knows.
 */
export const nextRun = (expression: string, timezone: string, after: Date): Date | null => {
  const cron = readCron(expression);
  const afterMs = after.getTime();

  const firstIn = (stepMs: number, walls: readonly Wall[]): number | undefined => {
    for (let atMs = stepMs; atMs < stepMs + STEP_MS; atMs += MINUTE_MS) {
      if (!walls.some(({ ms, again }) => matches(cron, { ms: ms + atMs - stepMs, again }))) continue;
      const second = cron.seconds.find((seconds) => atMs + seconds * 1_000 > afterMs);
      if (second !== undefined) return atMs + second * 1_000;
    }
    return undefined;
  };

  const firstDay = Math.floor(afterMs / DAY_MS);
  let stepMs = Math.floor(afterMs / STEP_MS) * STEP_MS;
  for (let day = firstDay; day <= firstDay + FURTHEST_DAYS;) {
    const walls = wallsAt(stepMs, timezone).filter((wall) => cron.matchesDay(dayOf(wall)));
    const found = firstIn(stepMs, walls);
    if (found !== undefined) return new Date(found);
    stepMs += STEP_MS;
    if (walls.length > 0) continue;
    // Days that do not match are passed over, but for the last, in which clocks may change.
    for (day = Math.floor(stepMs / DAY_MS) - 1; day <= firstDay + FURTHEST_DAYS && !cron.matchesDay(day);) day++;
    stepMs = Math.max(stepMs, (day - 1) * DAY_MS);
  }
  return null;
};
