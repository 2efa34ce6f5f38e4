import { z } from "zod";
import type { ParseResult } from "./field.ts";
import { readDuration, readDurations, readMetaId, readScopes, readSource } from "./plain-fields.ts";
import { shown } from "./problem.ts";
import { readChannel, readUser, readUserOrGroup } from "./slack-ids.ts";

/** Wraps a reading function in a zod schema. Its problem is the rest of a sentence that begins with the key. */
const key = <T>(read: (value: unknown) => ParseResult<T>) =>
  z.unknown().transform((value, context): T => {
    const reading = read(value);
    if ("value" in reading) return reading.value;
    context.issues.push({ code: "custom", message: reading.problem, input: undefined });
    return z.NEVER;
  });

const empty: { readonly problem: string } = { problem: "is empty. Give it a value or remove the line." };

const text =
  <T>(read: (text: string) => ParseResult<T>) =>
  (value: unknown): ParseResult<T> => {
    if (value === null || (typeof value === "string" && value.trim() === "")) return empty;
    return typeof value === "string" ? read(value.trim()) : { problem: "must be text. Put it in quotes." };
  };

/**
 * An ID may be a whole number without quotes: the YAML parser returns a bigint, which keeps all digits. A `number` is a
 * decimal here, and is refused.
 */
const id = (value: unknown): ParseResult<string> =>
  typeof value === "number"
    ? { problem: "must be the ID that Meta shows, digits only. Put it in quotes." }
    : text(readMetaId)(typeof value === "bigint" ? String(value) : value);

const list =
  <T>(read: (items: readonly string[]) => ParseResult<readonly T[]>) =>
  (value: unknown): ParseResult<readonly T[]> => {
    if (value === null) return empty;
    if (!Array.isArray(value)) return { problem: "must be a list, for example [one, two]." };
    const items: readonly unknown[] = value;
    const texts = items.filter((item) => typeof item === "string").map((item) => item.trim());
    return texts.length === items.length && !texts.includes("")
      ? read(texts)
      : { problem: "must be a list of texts. Put each text in quotes." };
  };

const readName = (value: string): ParseResult<string> =>
  /^[A-Za-z0-9._-]{1,64}$/.test(value)
    ? { value }
    : { problem: `must have 1 to 64 characters, only letters, digits, - _ and .; it is ${shown(value)}.` };

const readConsumers = (items: readonly string[]): ParseResult<readonly string[]> =>
  items.every((item) => item.length <= 100 && !/\p{Cc}/u.test(item))
    ? { value: items }
    : { problem: "must be names of at most 100 characters, each on one line." };

const WatchKeys = {
  name: key(text(readName)),
  source: key(text(readSource)),
  phoneNumberId: key(id).optional(),
  whatsappBusinessAccountId: key(id).optional(),
  appId: key(id).optional(),
  appSecret: key(text(readSource)).optional(),
  channel: key(text(readChannel)).optional(),
  owner: key(text(readUser)).optional(),
  oncall: key(text(readUserOrGroup)).optional(),
  consumers: key(list(readConsumers)).optional(),
  warnAt: key(list(readDurations)).optional(),
  requiredScopes: key(list(readScopes)).optional(),
  checkInterval: key(text(readDuration)).optional(),
};

export const WATCH_KEYS: readonly string[] = Object.keys(WatchKeys);

/** One entry of the watchlist file. Unknown keys are refused. */
export const WatchEntrySchema = z.strictObject(WatchKeys);
export type WatchEntry = z.infer<typeof WatchEntrySchema>;
