// Checks for what Slack refuses in blocks, views and messages. Pure functions: they take values and report problems.
// One file per noun: text, options, elements, inputs, rich text, tables, blocks, view, message. Numbers are from
// docs.slack.dev and @slack/types 3.2.0, read 2026-11. To add a block type, add a row to the table in blocks.ts.
import { isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";

export type Surface = "message" | "modal" | "home";

export interface Problem {
  /** JSON pointer, e.g. `/blocks/0/text/text`. */
  readonly pointer: string;
  readonly message: string;
}

/** Context of a check: the surface of the value, and the function that receives problems. */
export interface Check {
  readonly surface: Surface;
  readonly problem: (pointer: string, message: string) => void;
}

export interface Bounds {
  readonly max: number;
  /** 1 by default: Slack refuses empty texts. */
  readonly min?: number;
  readonly required?: boolean;
}

/** Slack counts characters, not UTF-16 code units: an emoji counts as one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Returns the value as an object. Reports a problem and returns undefined when it is not an object. */
export function checkObject(check: Check, value: unknown, pointer: string): JsonObject | undefined {
  if (isObject(value)) return value;
  check.problem(pointer, "must be an object");
  return undefined;
}

export function checkKeys(check: Check, value: JsonObject, pointer: string, allowed: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) check.problem(pointer, `invalid additional property: ${key}`);
  }
}

/** A plain string field, such as `action_id` or `url`. */
export function checkString(check: Check, holder: JsonObject, key: string, pointer: string, bounds: Bounds): void {
  const value = holder[key];
  if (value === undefined) {
    if (bounds.required === true) check.problem(pointer, `missing required field: ${key}`);
    return;
  }
  const at = `${pointer}/${key}`;
  if (typeof value !== "string") check.problem(at, "must be a string");
  else checkLength(check, value, at, bounds);
}

/** An address to open, on the web or in Slack, at most 3000 characters (button element, docs.slack.dev, read 2026-11). */
export function checkUrl(check: Check, holder: JsonObject, key: string, pointer: string): void {
  const value = holder[key];
  checkString(check, holder, key, pointer, { max: 3000 });
  if (typeof value !== "string" || value === "") return;
  const opens = /^(?:https?|slack):\/\//i.test(value) && !/\s/.test(value) && URL.canParse(value);
  if (!opens) check.problem(`${pointer}/${key}`, "must be a valid URL");
}

export function checkLength(check: Check, value: string, pointer: string, bounds: Bounds): void {
  const min = bounds.min ?? 1;
  if (lengthOf(value) < min) check.problem(pointer, `must be more than ${min - 1} characters`);
  if (lengthOf(value) > bounds.max) check.problem(pointer, `must be less than ${bounds.max + 1} characters`);
}

export function checkBoolean(check: Check, holder: JsonObject, key: string, pointer: string): void {
  const value = holder[key];
  if (value !== undefined && typeof value !== "boolean") check.problem(`${pointer}/${key}`, "must be a boolean");
}

export function checkOneOf(
  check: Check,
  holder: JsonObject,
  key: string,
  pointer: string,
  allowed: readonly unknown[],
): void {
  const value = holder[key];
  if (value !== undefined && !allowed.includes(value)) {
    check.problem(`${pointer}/${key}`, `must be one of: ${allowed.join(", ")}`);
  }
}

/** A field that holds a whole number, with its minimum and maximum. */
export function checkInteger(
  check: Check,
  holder: JsonObject,
  key: string,
  pointer: string,
  bounds: { readonly min: number; readonly max: number },
): void {
  const value = holder[key];
  if (value === undefined) return;
  if (typeof value !== "number" || !Number.isInteger(value) || value < bounds.min || value > bounds.max) {
    check.problem(`${pointer}/${key}`, `must be a whole number from ${bounds.min} to ${bounds.max}`);
  }
}

/** Checks the length of an array field, then calls `each` for every item with the item's pointer. */
export function checkList(
  check: Check,
  holder: JsonObject,
  key: string,
  pointer: string,
  bounds: Bounds,
  each: (item: unknown, at: string) => void,
): void {
  const value = holder[key];
  if (value === undefined) {
    if (bounds.required === true) check.problem(pointer, `missing required field: ${key}`);
    return;
  }
  checkItems(check, value, `${pointer}/${key}`, bounds, each);
}

/** The same for an array inside another array. */
export function checkItems(
  check: Check,
  value: unknown,
  at: string,
  bounds: Bounds,
  each: (item: unknown, at: string) => void,
): void {
  if (!Array.isArray(value)) {
    check.problem(at, "must be an array");
    return;
  }
  const min = bounds.min ?? 1;
  if (value.length < min) check.problem(at, `no fewer than ${min} items allowed`);
  if (value.length > bounds.max) check.problem(at, `no more than ${bounds.max} items allowed`);
  for (const [index, item] of value.entries()) each(item, `${at}/${index}`);
}
