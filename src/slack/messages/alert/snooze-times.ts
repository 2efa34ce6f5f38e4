import { DAY_MS, HOUR_MS } from "../../../token/duration.ts";
import { zonedAt } from "../../../token/zone.ts";
import { words } from "../../../words/words.ts";
import { plainTime } from "../../kit/moment.ts";

/** One time in the form's menu. */
export interface SnoozeTime {
  readonly text: string;
  /** The value that the form submits. `readSnoozeTime` reads it. */
  readonly value: string;
}

/** 9:00 on the next calendar day in the time zone. After midnight, this is the day after the current night. */
export function tomorrowMorning(now: Date, timezone: string): Date {
  const tomorrow = zonedAt(now.getTime(), timezone).toPlainDate().add({ days: 1 });
  return new Date(tomorrow.toZonedDateTime({ timeZone: timezone, plainTime: MORNING }).epochMilliseconds);
}

/** The four times in the menu. "Tomorrow" carries its date, so it means the same day when submitted after midnight. */
export function snoozeTimes(now: Date, timezone: string): readonly SnoozeTime[] {
  const morning = tomorrowMorning(now, timezone);
  const [hour, ...days] = Object.entries(LENGTHS).map(([value, { text }]) => ({ text, value }));
  return [
    ...(hour === undefined ? [] : [hour]),
    { text: words.snoozeForm.untilTomorrow(plainTime(morning, timezone)), value: morning.toISOString() },
    ...days,
  ];
}

/** The end of the chosen time; undefined for a value that is not in the menu. */
export function readSnoozeTime(value: string | undefined, now: Date): Date | undefined {
  if (value === undefined) return undefined;
  const length = Object.hasOwn(LENGTHS, value) ? LENGTHS[value] : undefined;
  if (length !== undefined) return new Date(now.getTime() + length.ms);
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? new Date(value) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at;
}

/** Durations start when the form is submitted. They count real hours, so clock changes do not matter. */
const LENGTHS: Readonly<Record<string, { readonly text: string; readonly ms: number }>> = {
  "1h": { text: words.snoozeForm.hours(1), ms: HOUR_MS },
  "3d": { text: words.snoozeForm.days(3), ms: 3 * DAY_MS },
  "7d": { text: words.snoozeForm.days(7), ms: 7 * DAY_MS },
};

/** The start of the working day. */
const MORNING = "09:00";
