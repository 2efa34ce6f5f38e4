import type { ParseResult } from "./field.ts";
import { shown, shownPath } from "./problem.ts";

export type LogLevel = (typeof LOG_LEVELS)[number];

export function readLogLevel(text: string): ParseResult<LogLevel> {
  const level = LOG_LEVELS.find((one) => one === text.toLowerCase());
  return level === undefined
    ? { problem: `must be one of ${LOG_LEVELS.join(", ")}; it is ${shown(text)}.` }
    : { value: level };
}

export function readTimezone(text: string): ParseResult<string> {
  // Intl needs about 20 ms. Most configurations keep the default and skip it here.
  if (text === "UTC") return { value: text };
  try {
    return { value: new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problem: `must be a time zone such as UTC or Europe/Berlin; it is ${shown(text)}.` };
  }
}

/** Checks only the form: 5 or 6 fields of cron characters. The scheduler checks the rest with its cron library. */
export function readSchedule(text: string): ParseResult<string> {
  const fields = text.split(/\s+/);
  return (fields.length === 5 || fields.length === 6) && fields.every((one) => CRON_FIELD.test(one))
    ? { value: fields.join(" ") }
    : { problem: `must be a cron expression of 5 or 6 fields, for example * * * * *; it is ${shown(text)}.` };
}

/** Like `readSchedule`, but without a field for seconds. Empty text turns the digest off and gives undefined. */
export function readDigestSchedule(text: string): ParseResult<string | undefined> {
  if (text === "") return { value: undefined };
  const fields = text.split(/\s+/);
  return fields.length === 5 && fields.every((one) => CRON_FIELD.test(one))
    ? { value: fields.join(" ") }
    : {
        problem: `must be a cron expression of 5 fields, for example 0 9 * * mon, or empty for no digest; it is ${shown(text)}.`,
      };
}

export function readHost(text: string): ParseResult<string> {
  return /^[A-Za-z0-9._:-]{1,253}$/.test(text)
    ? { value: text }
    : {
        problem: `must be a host name or address such as 127.0.0.1, without http://, brackets and port; it is ${shown(text)}.`,
      };
}

export function readGraphVersion(text: string): ParseResult<string> {
  return /^v\d{1,3}\.\d{1,2}$/.test(text)
    ? { value: text }
    : { problem: `must look like v26.0; it is ${shown(text)}.` };
}

export function readAppName(text: string): ParseResult<string> {
  return text.length <= 200 && !/\p{Cc}/u.test(text)
    ? { value: text }
    : { problem: "must be a name in one line, at most 200 characters." };
}

/** A path to a file. The file is not opened here: a file that cannot be read is reported when it is used. */
export function readPath(text: string): ParseResult<string> {
  return text.includes("\0") ? { problem: `must be a path; it is ${shownPath(text)}.` } : { value: text };
}

export function readPoolSize(text: string): ParseResult<number> {
  const size = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return size >= 1 && size <= 100
    ? { value: size }
    : { problem: `must be a number of connections, from 1 to 100; it is ${shown(text)}.` };
}

export function readInspectionsAtOnce(text: string): ParseResult<number> {
  const most = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return most >= 10 && most <= 1_000
    ? { value: most }
    : { problem: `must be a number of inspections, from 10 to 1000; it is ${shown(text)}.` };
}

export function readMetricsWatches(text: string): ParseResult<number> {
  const most = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return most >= 1 && most <= 1_000_000
    ? { value: most }
    : { problem: `must be a number of watches, from 1 to 1000000; it is ${shown(text)}.` };
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const CRON_FIELD = /^[\d*/,\-a-z?#lw]+$/i;
