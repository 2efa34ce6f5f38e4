import { DAY_MS, parseDuration } from "../../token/duration.ts";
import { UsageError, withoutLongWords } from "../errors.ts";

/** The length of time in milliseconds. Throws a UsageError for anything but a duration from 1s to 400d. */
export function sinceMs(text: string): number {
  const typed = text.trim();
  const ms = parseDuration(typed)?.ms;
  const refused = `--since cannot use ${withoutLongWords(JSON.stringify(text))}.`;
  if (ms !== undefined && ms > LONGEST_DAYS * DAY_MS)
    throw new UsageError(`${refused} The bot keeps ${LONGEST_DAYS} days, so the longest time is ${LONGEST_DAYS}d.`);
  if (ms !== undefined) return ms;
  const meant = /^[1-9]\d{0,2}$/.test(typed) ? ` Did you mean ${typed}d?` : "";
  throw new UsageError(`${refused} Give a time with its unit, for example 12h or 30d.${meant}`);
}

/** History is deleted after this time (docs/operate.md, what is kept). */
const LONGEST_DAYS = 400;
