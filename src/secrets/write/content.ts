import { parseEnv } from "node:util";
import { bareToken } from "../../token/secret/bare-token.ts";
import { withVariableKept } from "../dotenv-edit.ts";
import { variableIn } from "../expand.ts";
import { failed, type Reading } from "../reading.ts";
import type { FileTarget } from "./file-target.ts";

/**
 * The value in the text of a place, as a source reads it; empty when there is none. Refuses a text in which a new value
 * would destroy something else.
 */
export function valueIn(target: FileTarget, text: string): Reading {
  return target.kind === "file" ? tokenIn(text) : variableOf(withoutMark(text), target.name);
}

/**
 * The text with a new value. Everything around the old value stays, byte for byte. Undefined when a source would not
 * read exactly this value from the new text.
 */
export function withValue(target: FileTarget, text: string, value: string): string | undefined {
  const next = target.kind === "file" ? withToken(text, value) : withVariableKept(text, target.name, value);
  if (next === undefined) return undefined;
  const reading = valueIn(target, next);
  return reading.ok && reading.text === value ? next : undefined;
}

const NOT_ALONE =
  "it contains more than a token, and saving would delete the rest. Name the variable with dotenv:/path#NAME, or name a file for the token alone.";

const REFERENCE =
  "its value contains a $ and may refer to another variable. Name that variable as the place, or write the token itself there.";

const SEVERAL_LINES = "its value has several lines. Write the token on one line.";

function tokenIn(text: string): Reading {
  const value = text.trim();
  return /\s/.test(value) || bareToken(value).removed.length > 0 ? failed(NOT_ALONE) : { ok: true, text: value };
}

function variableOf(text: string, name: string): Reading {
  const raw = parseEnv(text)[name] ?? "";
  if (raw.includes("$")) return failed(REFERENCE);
  if (/[\r\n]/.test(raw.trim())) return failed(SEVERAL_LINES);
  const reading = variableIn(text, name);
  return reading.ok || !reading.absent ? reading : { ok: true, text: "" };
}

function withToken(text: string, value: string): string {
  const old = text.trim();
  const start = old === "" ? Number(text.startsWith(MARK)) : text.indexOf(old);
  return `${text.slice(0, start)}${value}${text.slice(start + old.length)}`;
}

/** The byte order mark, which Windows editors write at the beginning. */
const MARK = "\uFEFF";

function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(1) : text;
}
