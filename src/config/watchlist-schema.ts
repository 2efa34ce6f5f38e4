import { z } from "zod";
import type { Source } from "../token/secret/source.ts";
import type { ParseResult } from "./field.ts";
import { readDuration, readDurations, readMetaId, readScopes, readSource } from "./plain-fields.ts";
import { shown } from "./problem.ts";
import { readBefore, readProofs, readWrite } from "./renewal/fields.ts";
import { readChannel, readUser, readUserOrGroup } from "./slack-ids.ts";

const EMPTY = { problem: "is empty. Give it a value or remove the key." } as const;
const EMPTY_REQUIRED = { problem: "is empty. Give it a value." } as const;

const RenewKeys = {
  write: key(text(readWrite)).optional(),
  before: key(text(readBefore)).optional(),
  proof: key(oneOrMore(readProofs)).optional(),
};

export const RENEW_KEYS: readonly string[] = Object.keys(RenewKeys);

const WatchKeys = {
  name: key(text(readName, EMPTY_REQUIRED)),
  source: key(text(readSource, EMPTY_REQUIRED)),
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
  renew: z.strictObject(RenewKeys, { error: "must be a mapping with write, before and proof." }).optional(),
};

export const WATCH_KEYS: readonly string[] = Object.keys(WatchKeys);

const { name, source, renew, phoneNumberId, whatsappBusinessAccountId, appId, channel, owner, consumers, ...ofAll } =
  WatchKeys;

const LineKeys = {
  name,
  source: source.optional(),
  phoneNumberId,
  whatsappBusinessAccountId,
  appId,
  channel,
  owner,
  consumers,
  renew,
};

/** The keys of a line of a fleet. `token` stands in place of `source`, in files only. */
export const LINE_KEYS: readonly string[] = [
  ...Object.keys(LineKeys).slice(0, 2),
  "token",
  ...Object.keys(LineKeys).slice(2),
];

/** One line of a fleet, without its token. Unknown keys are refused. */
export const FleetLineSchema = z.strictObject(LineKeys);

const FleetKeys = {
  name,
  fleet: key(text(readFleetSource, EMPTY_REQUIRED)),
  appId,
  channel,
  owner,
  consumers,
  ...ofAll,
};

export const FLEET_KEYS: readonly string[] = Object.keys(FleetKeys);

/** One fleet of the watchlist file. Its other keys are the defaults of its lines. Unknown keys are refused. */
export const FleetEntrySchema = z.strictObject(FleetKeys);
export type FleetEntry = z.infer<typeof FleetEntrySchema>;
export type FleetDefaults = Omit<FleetEntry, "name" | "fleet">;

/** One entry of the watchlist file. Unknown keys are refused. */
export const WatchEntrySchema = z.strictObject(WatchKeys);
export type WatchEntry = Omit<z.infer<typeof WatchEntrySchema>, "source"> & { readonly source: Source };

/** Wraps a reading function in a zod schema. Its problem is the rest of a sentence that begins with the key. */
function key<T>(read: (value: unknown) => ParseResult<T>) {
  return z.unknown().transform((value, context): T => {
    const reading = read(value);
    if ("value" in reading) return reading.value;
    context.issues.push({ code: "custom", message: reading.problem, input: undefined });
    return z.NEVER;
  });
}

function isBlank(value: unknown): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

/** Quotes help only when the text in them is valid. Otherwise the problem of that text comes at once. */
function unquoted<T>(value: unknown, read: (text: string) => ParseResult<T>): ParseResult<T> {
  if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean")
    return { problem: "must be one text, not a list or a mapping." };
  const reading = read(String(value));
  return "problem" in reading ? reading : { problem: "must be text. Put it in quotes." };
}

function text<T>(read: (text: string) => ParseResult<T>, empty: { readonly problem: string } = EMPTY) {
  return (value: unknown): ParseResult<T> => {
    if (isBlank(value)) return empty;
    return typeof value === "string" ? read(value.trim()) : unquoted(value, read);
  };
}

/**
 * An ID may be a whole number without quotes: the YAML parser returns a bigint, which keeps all digits. A `number` is a
 * decimal here, and is refused.
 */
function id(value: unknown): ParseResult<string> {
  return typeof value === "number"
    ? { problem: "must be the ID that Meta shows, digits only, without a decimal point or an exponent." }
    : text(readMetaId)(typeof value === "bigint" ? String(value) : value);
}

function list<T>(read: (items: readonly string[]) => ParseResult<readonly T[]>) {
  return (value: unknown): ParseResult<readonly T[]> => {
    if (isBlank(value)) return EMPTY;
    if (!Array.isArray(value)) return { problem: "must be a list, for example [one, two]." };
    const items: readonly unknown[] = value;
    if (items.some(isBlank)) return { problem: "has an empty item. Give it a value or remove it." };
    const texts = items.filter((item) => typeof item === "string").map((item) => item.trim());
    return texts.length === items.length
      ? read(texts)
      : { problem: "must be a list of texts. Put each text in quotes." };
  };
}

/** One text, or a list of texts. */
function oneOrMore<T>(read: (items: readonly string[]) => ParseResult<readonly T[]>) {
  const many = list(read);
  return (value: unknown): ParseResult<readonly T[]> =>
    typeof value === "string" && !isBlank(value) ? read([value.trim()]) : many(value);
}

function readName(value: string): ParseResult<string> {
  return /^[A-Za-z0-9._-]{1,64}$/.test(value)
    ? { value }
    : { problem: `must have 1 to 64 characters, only letters, digits, - _ and .; it is ${shown(value)}.` };
}

function readFleetSource(value: string): ParseResult<FleetEntrySource> {
  const reading = readSource(value);
  if ("problem" in reading) return reading;
  const { value: found } = reading;
  return found.kind === "file" || found.kind === "exec"
    ? { value: found }
    : { problem: 'must be file:/path or exec:["cmd","arg"].' };
}

/** Where the list of a fleet is read. */
type FleetEntrySource = Extract<Source, { readonly kind: "file" | "exec" }>;

function readConsumers(items: readonly string[]): ParseResult<readonly string[]> {
  return items.every((item) => item.length <= 100 && !/\p{Cc}/u.test(item))
    ? { value: items }
    : { problem: "must be names of at most 100 characters, each on one line." };
}
