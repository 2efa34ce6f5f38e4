import { DAY_MS, MINUTE_MS, parseDuration } from "../../token/duration.ts";
import { UsageError, withoutLongWords } from "../errors.ts";

/** The length of a forecast in milliseconds. Throws a UsageError for anything but a duration from 1m to 400d. */
export function spanMs(text: string): number {
  const typed = text.trim();
  const ms = parseDuration(typed)?.ms ?? 0;
  if (ms >= MINUTE_MS && ms <= LONGEST_DAYS * DAY_MS) return ms;
  const refused = `--forecast cannot use ${withoutLongWords(JSON.stringify(text))}.`;
  if (/^[1-9]\d*[smhd]$/.test(typed) && (ms === 0 || ms > MINUTE_MS))
    throw new UsageError(`${refused} The longest forecast is ${LONGEST_DAYS}d.`);
  const meant = /^[1-9]\d{0,2}$/.test(typed) ? ` Did you mean ${typed}d?` : "";
  throw new UsageError(`${refused} Give a time of at least 1m with its unit, for example 12h or 60d.${meant}`);
}

/** More than a year, so that a yearly expiry is inside. */
const LONGEST_DAYS = 400;
