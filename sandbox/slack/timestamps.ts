import type { Clock } from "../clock.ts";
import { isObject } from "./json.ts";
import type { JsonObject } from "./json.ts";

const MESSAGE_TS = /^\d{10}\.\d{6}$/;

/** Arguments that name one message. */
const ARGUMENTS = ["ts", "thread_ts", "message_ts", "timestamp"];

/** Fields of answers that are, or hold, a message's `ts`. */
const FIELDS = ["ts", "thread_ts", "message_ts", "latest_reply", "permalink"];

/** What the app sent comes back as it is, whatever its keys are called. */
const FOREIGN = ["blocks", "attachments", "metadata"];

/**
 * A message's `ts` counts the seconds of the sandbox's clock, as everything else here does. emulate makes its own from
 * real time and knows no clock, so its values are translated on the way in and out.
 */
export interface Timestamps {
  /** A new `ts`, later than every one before it, even when the clock stood still or was set back. */
  readonly next: () => string;
  /** Arguments of a call, in emulate's values. A `ts` that nobody was given stays as it is: emulate does not know it. */
  readonly inward: (args: JsonObject) => JsonObject;
  /** An answer of emulate, in ours. */
  readonly outward: (answer: JsonObject) => JsonObject;
}

export function createTimestamps(clock: Clock): Timestamps {
  const insideOf = new Map<string, string>();
  const outsideOf = new Map<string, string>();
  let lastMicros = 0;

  const next = (): string => {
    lastMicros = Math.max(lastMicros + 1, clock.now().getTime() * 1000);
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, "0")}`;
  };
  const outsideTs = (inside: string): string => {
    const known = outsideOf.get(inside);
    if (known !== undefined) return known;
    const made = next();
    outsideOf.set(inside, made);
    insideOf.set(made, inside);
    return made;
  };
  const translated = (key: string, value: string): string => {
    if (key === "permalink") {
      const link = value.replace(/\/p(\d{10})(\d{6})/, (_, seconds: string, micros: string) => {
        return `/p${outsideTs(`${seconds}.${micros}`).replace(".", "")}`;
      });
      return link.replace(/(thread_ts=)(\d{10}\.\d{6})/, (_, name: string, ts: string) => name + outsideTs(ts));
    }
    return MESSAGE_TS.test(value) ? outsideTs(value) : value;
  };
  const outwardValue = (key: string, value: unknown): unknown => {
    if (FOREIGN.includes(key)) return value;
    if (typeof value === "string") return FIELDS.includes(key) ? translated(key, value) : value;
    if (Array.isArray(value)) return value.map((item: unknown) => outwardValue("", item));
    return isObject(value) ? outward(value) : value;
  };
  const outward = (answer: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, outwardValue(key, value)]));

  return {
    next,
    inward: (args) =>
      Object.fromEntries(
        Object.entries(args).map(([key, value]) => {
          const known = ARGUMENTS.includes(key) && typeof value === "string" ? insideOf.get(value) : undefined;
          return [key, known ?? value];
        }),
      ),
    outward,
  };
}
