import { parseEnv } from "node:util";
import { expand } from "dotenv-expand";
import { absent, failed, MOST_BYTES, type Reading } from "./reading.ts";

/**
 * Returns the value of one variable in the text of a .env file. References to variables further up are expanded, as
 * dotenv-expand does. The environment of this process is not used, because the file belongs to another program. A
 * reference that cannot be resolved makes the reading fail, because only the other program may know the variable.
 */
export function variableIn(text: string, name: string): Reading {
  const variables = new Map(Object.entries(parseEnv(text)).map(([key, value]) => [key, value ?? ""]));
  const raw = variables.get(name) ?? "";
  if (raw.trim() === "") return absent(NOT_SET);
  if (!raw.includes("$")) return { ok: true, text: raw.trim() };
  const value = expandUpTo(name, variables, linesOf(text));
  const missing = MARK.exec(value)?.[1];
  if (missing !== undefined) return failed(unresolved(missing, variables));
  if (STILL_A_REFERENCE.test(value)) return failed(AMBIGUOUS);
  return value.trim() === "" ? failed(EMPTY) : { ok: true, text: value.trim() };
}

const NOT_SET = "the variable is not set there. Add it to the file, or correct the name in the source.";

const EMPTY =
  "its value refers to another variable, and is empty because that variable is not set. Set it further up in the file.";

const AMBIGUOUS =
  "its value contains a $ before a name or command. Some programs replace it, others keep it. Write the final value there, or name another source.";

/** The pattern that dotenv-expand uses for references. It matches the innermost braces first. */
const REFERENCE = /(?<!\\)\$\{([^{}]+)\}|(?<!\\)\$([A-Za-z_]\w*)/g;

const STILL_A_REFERENCE = /\$(?:[({]|[A-Za-z_])/;

/**
 * Replaces each `$` that the library must not see: in values that are already expanded, and where `$` begins no
 * reference. The library would read `$&` as a replacement pattern and never finish. No .env file contains this
 * character.
 */
const DOLLAR = "\u0002";
const NO_REFERENCE = /\$(?![{A-Za-z_])/g;

/**
 * The name of the value that is being expanded. No variable has this name, so the library uses no known value for it.
 */
const RESULT = "\u0003";

/** `:-`, `-`, `:+`, `+`: the reference contains a replacement for a missing variable. */
const OPERATOR = /:?[-+]/;

/** Marks a missing variable in the result. No .env file contains this character. */
function mark(name: string): string {
  return `\u0001${name}\u0001`;
}

const MARK = new RegExp(String.raw`\u0001([^\u0001]*)\u0001`);

function unresolved(reference: string, variables: ReadonlyMap<string, string>): string {
  const name = /^\w{1,64}/.exec(reference)?.[0] ?? "another variable";
  const why = variables.has(name)
    ? "but the file sets that variable only further down, to an empty value, or from itself"
    : "but the file does not set that variable; the program that uses the file may get it from elsewhere";
  return `its value refers to ${name}, ${why}. Set ${name} further up in the file, or name another source.`;
}

interface Line {
  readonly name: string;
  /** True in single quotes, where shells and most programs expand nothing. */
  readonly literal: boolean;
}

/** Lists the variables in the order of the file, which parseEnv does not keep. The last of two equal names counts. */
function linesOf(text: string): readonly Line[] {
  const found = text.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(')?/gm);
  const lines = Array.from(found, ([, name = "", quote]): Line => ({ name, literal: quote !== undefined }));
  return [...new Map(lines.map((line) => [line.name, line])).values()];
}

function expandUpTo(name: string, variables: ReadonlyMap<string, string>, lines: readonly Line[]): string {
  const known = new Map<string, string>();
  for (const line of lines) {
    const raw = variables.get(line.name) ?? "";
    const value = line.literal ? raw : expandOne(line.name, raw, known);
    if (line.name === name) return value;
    known.set(line.name, value.replaceAll("$", DOLLAR));
  }
  return variables.get(name) ?? "";
}

function expandOne(name: string, raw: string, known: ReadonlyMap<string, string>): string {
  const text = raw.replaceAll(NO_REFERENCE, DOLLAR);
  const references = Array.from(text.matchAll(REFERENCE), ([, braced, bare]) => braced ?? bare ?? "");
  const longest = Math.max(0, ...Array.from(known.values(), ({ length }) => length));
  // Without this limit, a few lines that each double the line above would use up the memory.
  if (text.length + references.length * longest > MOST_BYTES) return mark(name);
  const missing = references.filter((key) => !OPERATOR.test(key) && (known.get(key) ?? "") === "");
  const processEnv = Object.fromEntries([...known, ...missing.map((key) => [key, mark(key)] as const)]);
  return (expand({ parsed: { [RESULT]: text }, processEnv }).parsed?.[RESULT] ?? "").replaceAll(DOLLAR, "$");
}
