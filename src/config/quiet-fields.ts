import { type Weekday, WEEKDAYS } from "../token/zone.ts";
import type { QuietHours } from "./config.ts";
import { type Reading, readEach } from "./field.ts";
import { shown } from "./problem.ts";

const SPAN = /^([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)$/;

/** Two times of day with a hyphen between; the second may be on the next day. */
export const readQuietHours = (text: string): Reading<QuietHours> => {
  const match = SPAN.exec(text);
  if (match === null)
    return { problem: `must be two times of day such as 22:00-07:00, from and until; it is ${shown(text)}.` };
  const [fromHour = 0, fromMin = 0, toHour = 0, toMin = 0] = match.slice(1).map(Number);
  const hours = { fromMinute: fromHour * 60 + fromMin, toMinute: toHour * 60 + toMin };
  return hours.fromMinute === hours.toMinute
    ? { problem: `must begin and end at different times; it is ${shown(text)}. Take it out for no quiet hours.` }
    : { value: hours };
};

const readWeekday = (text: string): Reading<Weekday> => {
  const day = WEEKDAYS.find((one) => one === text.toLowerCase());
  return day === undefined
    ? { problem: `must name days as mon, tue, wed, thu, fri, sat, sun, with commas between; one is ${shown(text)}.` }
    : { value: day };
};

/** Days of the week, each once. With all seven nothing but critical alerts would ever be told. */
export const readQuietDays = (items: readonly string[]): Reading<readonly Weekday[]> => {
  if (items.length === 0) return { problem: "must name at least one day, for example sat,sun." };
  const reading = readEach(items, readWeekday);
  if ("problem" in reading) return reading;
  const days = [...new Set(reading.value)];
  return days.length === WEEKDAYS.length
    ? { problem: "names all seven days, so nothing but critical alerts would ever be told. Leave one out." }
    : { value: days };
};
