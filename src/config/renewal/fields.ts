import type { Proof, WriteTarget } from "../../renewal/ports.ts";
import { DAY_MS, type Duration } from "../../token/duration.ts";
import { parseSource } from "../../token/secret/source.ts";
import { type ParseResult, readEach } from "../field.ts";
import { readDuration } from "../plain-fields.ts";
import { readProofUrl } from "../url-fields.ts";

/** Where a renewal saves the token. `source`: the place that the bot reads it from. */
export type WriteChoice = { readonly kind: "source" } | WriteTarget;

export function readWrite(text: string): ParseResult<WriteChoice> {
  if (text === "source") return { value: { kind: "source" } };
  const parse = parseSource(text);
  if (!parse.ok)
    return { problem: `must be source, file:/path, dotenv:/path#NAME or exec:["cmd","arg"]: ${parse.problem}.` };
  const { source } = parse;
  return source.kind === "env"
    ? { problem: "must be a place that the bot can write: source, file:, dotenv: or exec:. It cannot set a variable." }
    : { value: source };
}

/** How long before its end a token is refreshed. A refreshed token lives 60 days. */
export function readBefore(text: string): ParseResult<Duration> {
  const reading = readDuration(text);
  if ("problem" in reading || reading.value.ms < META_LIFE_MS) return reading;
  return {
    problem: `must be shorter than 60d, because a refreshed token lives 60 days; it is ${reading.value.text}. Use 20d.`,
  };
}

export function readProofs(items: readonly string[]): ParseResult<readonly Proof[]> {
  return items.length === 0
    ? { problem: "must name at least one https:// URL or exec: command." }
    : readEach(items, readProof);
}

/** Splits a list of addresses. A command contains commas, so it must stand alone. */
export function splitProofs(text: string): readonly string[] {
  const items = text.startsWith("exec:") ? [text] : text.split(",");
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

/** The life of a token after Meta's exchange call (docs/graph-notes.md). */
const META_LIFE_MS = 60 * DAY_MS;

function readProof(text: string): ParseResult<Proof> {
  if (!text.startsWith("exec:")) return readProofUrl(text);
  const parse = parseSource(text);
  if (!parse.ok) return { problem: `has a command that cannot be read: ${parse.problem}.` };
  return parse.source.kind === "exec"
    ? { value: { kind: "exec", argv: parse.source.argv } }
    : { problem: "must name https:// URLs or exec: commands." };
}
