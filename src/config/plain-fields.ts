import { type Duration, parseDuration } from "../token/duration.ts";
import { parseSource, type WrittenSource } from "../token/secret/source.ts";
import { howToList, type ParseResult, readEach } from "./field.ts";
import { shown } from "./problem.ts";

/** Accepts 0 as well: the system then chooses a free port, which tests use. */
export function readPort(text: string): ParseResult<number> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535
    ? { value: port }
    : { problem: `must be a port, a whole number from 1 to 65535; it is ${shown(text)}.` };
}

/** Meta's IDs contain only digits. The usual mistake is the phone number itself, with `+` or spaces. */
export function readMetaId(text: string): ParseResult<string> {
  if (/^\d{5,30}$/.test(text)) return { value: text };
  if (/^\d+$/.test(text)) return { problem: `must be the ID that Meta shows, 5 to 30 digits; it has ${text.length}.` };
  const hint = /^\+[\d\s()-]+$|^\d+[\s()-][\d\s()-]*$/.test(text) ? " (not the phone number itself)" : "";
  return { problem: `must be the ID that Meta shows, digits only${hint}; it is ${shown(text)}.` };
}

export function readDuration(text: string): ParseResult<Duration> {
  const duration = parseDuration(text);
  return duration === undefined
    ? { problem: `must be a time such as 10s, 15m, 4h or 30d, from 1s to 3650d; it is ${shown(text)}.` }
    : { value: duration };
}

/** Reads thresholds, removes duplicates and sorts them, longest first. */
export function readDurations(items: readonly string[]): ParseResult<readonly Duration[]> {
  if (items.length === 0) return { problem: "must name at least one time, for example 30d." };
  const reading = readEach(items, (item): ParseResult<Duration> => {
    const duration = parseDuration(item);
    return duration === undefined
      ? {
          problem: `must be a list of times such as 10s, 15m, 4h or 30d, from 1s to 3650d, ${howToList(item)}; one item is ${shown(item)}.`,
        }
      : { value: duration };
  });
  if ("problem" in reading) return reading;
  const once = new Map(reading.value.map((duration) => [duration.ms, duration]));
  return { value: [...once.values()].toSorted((a, b) => b.ms - a.ms) };
}

export function readScopes(items: readonly string[]): ParseResult<readonly string[]> {
  if (items.length === 0) return { problem: "must name at least one permission." };
  const reading = readEach(items, (item) =>
    /^[a-z][a-z0-9_]{2,79}$/.test(item)
      ? { value: item }
      : {
          problem: `must be a list of permissions such as whatsapp_business_messaging, ${howToList(item)}; one item is ${shown(item)}.`,
        },
  );
  return "problem" in reading ? reading : { value: [...new Set(reading.value)] };
}

export function readSource(text: string): ParseResult<WrittenSource> {
  const parse = parseSource(text);
  return parse.ok ? { value: parse.source } : { problem: `is not a source: ${parse.problem}.` };
}
