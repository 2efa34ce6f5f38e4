import type { QuietHours } from "../outbox/quiet.ts";
import { type Weekday, WEEKDAYS } from "../token/zone.ts";
import { type ParseResult, readEach } from "./field.ts";
import { shown } from "./problem.ts";

/** Reads two times of day with a hyphen between them. The second time may be on the next day. */
export function readQuietHours(text: string): ParseResult<QuietHours> {
  const match = SPAN.exec(text);
  if (match === null)
    return {
      problem: `must be a start and an end time, from 00:00 to 23:59, such as 22:00-07:00; it is ${shown(text)}.`,
    };
  const [fromHour = 0, fromMin = 0, toHour = 0, toMin = 0] = match.slice(1).map(Number);
  const hours = { fromMinute: fromHour * 60 + fromMin, toMinute: toHour * 60 + toMin };
  return hours.fromMinute === hours.toMinute
    ? {
        problem: `must begin and end at different times; it is ${shown(text)}. Remove the variable for no quiet hours.`,
      }
    : { value: hours };
}

/** Reads weekdays and removes duplicates. All seven are refused: the bot would then send only critical alerts. */
export function readQuietDays(items: readonly string[]): ParseResult<readonly Weekday[]> {
  if (items.length === 0) return { problem: "must name at least one day, for example sat,sun." };
  const reading = readEach(items, readWeekday);
  if ("problem" in reading) return reading;
  const days = [...new Set(reading.value)];
  return days.length === WEEKDAYS.length
    ? { problem: "names all seven days, so the bot would send only critical alerts. Remove at least one day." }
    : { value: days };
}

const SPAN = /^([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)$/;

function readWeekday(text: string): ParseResult<Weekday> {
  const day = WEEKDAYS.find((one) => one === text.toLowerCase());
  return day === undefined
    ? {
        problem: `must be a list of mon, tue, wed, thu, fri, sat, sun, separated by commas; one item is ${shown(text)}.`,
      }
    : { value: day };
}
