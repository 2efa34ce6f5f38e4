import type { Clock } from "../clock.ts";
import { isObject } from "./json.ts";
import type { JsonObject } from "./json.ts";

/**
 * Translates message timestamps. A `ts` counts the seconds of the sandbox's clock, but emulate generates it from real
 * time. So arguments and answers are translated in both directions.
 */
export interface Timestamps {
  /** A new `ts`, later than every earlier one, even when the clock stood still or was set back. */
  readonly next: () => string;
  /**
   * Arguments of a call with emulate's values. A `ts` that this workspace never issued stays unchanged, so emulate does
   * not know it either.
   */
  readonly inward: (args: JsonObject) => JsonObject;
  /** An answer of emulate with the sandbox's values. */
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

const MESSAGE_TS = /^\d{10}\.\d{6}$/;

/** Arguments that name one message. */
const ARGUMENTS = ["ts", "thread_ts", "message_ts", "timestamp"];

/** Fields of answers that are, or contain, the `ts` of a message. */
const FIELDS = ["ts", "thread_ts", "message_ts", "latest_reply", "permalink"];

/** Content of the app is returned unchanged, even if it has keys like the ones above. */
const FOREIGN = ["blocks", "attachments", "metadata"];
