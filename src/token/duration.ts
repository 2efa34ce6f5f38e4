/** A duration as people write it (`15m`, `30d`) and in milliseconds. */
export interface Duration {
  readonly text: string;
  readonly ms: number;
}

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export const SECOND_MS = UNIT_MS.s;
export const MINUTE_MS = UNIT_MS.m;
export const HOUR_MS = UNIT_MS.h;
export const DAY_MS = UNIT_MS.d;

/**
 * Reads `10s`, `15m`, `4h` or `30d`. Returns undefined for other texts, for less than a second and for more than ten
 * years.
 */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d{1,9})([smhd])$/.exec(text.trim());
  const unit = match?.[2];
  if (match === null || !isUnit(unit)) return undefined;
  const ms = Number(match[1]) * UNIT_MS[unit];
  return ms < 1_000 || ms > LONGEST_MS ? undefined : { text: match[0], ms };
}

/**
 * Writes a duration in words and keeps its unit: "7 days" for `7d`, "36 hours" for `36h`. Returns other texts
 * unchanged.
 */
export function durationWords(text: string): string {
  const unit = text.at(-1);
  return parseDuration(text) === undefined || !isUnit(unit) ? text : count(Number(text.slice(0, -1)), UNIT_NAMES[unit]);
}

/**
 * Describes a time span, rounded down: "5 days", "36 hours", "4 hours 48 minutes", "less than a minute". The sign is
 * ignored. A span under 2 days is given in hours, except exactly 1 day. A span under 1 day also has its minutes.
 */
export function describeSpan(ms: number): string {
  const span = Math.abs(ms);
  if (span >= 2 * DAY_MS || span === DAY_MS) return count(Math.floor(span / DAY_MS), "day");
  if (span > DAY_MS) return count(Math.floor(span / HOUR_MS), "hour");
  if (span >= HOUR_MS) {
    const minutes = Math.floor((span % HOUR_MS) / MINUTE_MS);
    return `${count(Math.floor(span / HOUR_MS), "hour")}${minutes === 0 ? "" : ` ${count(minutes, "minute")}`}`;
  }
  if (span >= MINUTE_MS) return count(Math.floor(span / MINUTE_MS), "minute");
  return "less than a minute";
}

/** Describes an interval as `describeSpan` does: "every 26 minutes", "every hour". */
export function describeInterval(ms: number): string {
  return `every ${describeSpan(ms).replace(/^1 (?=[a-z]+$)/, "")}`;
}

function isUnit(text: string | undefined): text is keyof typeof UNIT_MS {
  return text !== undefined && text in UNIT_MS;
}

/** Ten years. A longer duration is probably a typing error. */
const LONGEST_MS = 3_650 * DAY_MS;

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? "" : "s"}`;
}

const UNIT_NAMES = { s: "second", m: "minute", h: "hour", d: "day" } as const;
