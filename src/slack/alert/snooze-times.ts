import { DAY_MS, HOUR_MS } from "../../token/duration.ts";
import { instantOf, wallMs } from "../../token/zone.ts";
import { plainTime } from "../moment.ts";

/** One time that the form offers. */
export interface SnoozeTime {
  readonly text: string;
  /** What the form gives back; `readSnoozeTime` reads it. */
  readonly value: string;
}

/** Lengths count from the moment the form is sent, in hours that pass, whatever clocks are set to meanwhile. */
const LENGTHS: Readonly<Record<string, { readonly text: string; readonly ms: number }>> = {
  "1h": { text: "1 hour", ms: HOUR_MS },
  "3d": { text: "3 days", ms: 3 * DAY_MS },
  "7d": { text: "7 days", ms: 7 * DAY_MS },
};

/** When people are at work again. */
const MORNING_HOUR = 9;

/** Nine o'clock on the next day of the calendar in the time zone; after midnight that is the day after this night. */
export const tomorrowMorning = (now: Date, timezone: string): Date => {
  const today = new Date(wallMs(now.getTime(), timezone));
  const wall = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + 1, MORNING_HOUR);
  return new Date(instantOf(wall, timezone));
};

/** The four times to choose from. Tomorrow is named by its date and means that one, also when sent after midnight. */
export const snoozeTimes = (now: Date, timezone: string): readonly SnoozeTime[] => {
  const morning = tomorrowMorning(now, timezone);
  const [hour, ...days] = Object.entries(LENGTHS).map(([value, { text }]) => ({ text, value }));
  return [
    ...(hour === undefined ? [] : [hour]),
    { text: `Until tomorrow, ${plainTime(morning, timezone)}`, value: morning.toISOString() },
    ...days,
  ];
};

/** The end of the chosen time; undefined when the form gave none that it offers. */
export const readSnoozeTime = (value: string | undefined, now: Date): Date | undefined => {
  if (value === undefined) return undefined;
  const length = Object.hasOwn(LENGTHS, value) ? LENGTHS[value] : undefined;
  if (length !== undefined) return new Date(now.getTime() + length.ms);
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? new Date(value) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at;
};
