import { parseEnv } from "node:util";
import { expand } from "dotenv-expand";
import { absent, failed, MOST_BYTES, type Reading } from "./reading.ts";

/**
 * The value of one variable in the text of a .env file. References to variables above it are expanded, as programs with
 * dotenv-expand do; this process's environment is another program's and is never asked. A reference that stays is a
 * failed reading and no value: the program that the file belongs to may know the variable.
 */
export const variableIn = (text: string, name: string): Reading => {
  const variables = new Map(Object.entries(parseEnv(text)).map(([key, value]) => [key, value ?? ""]));
  const raw = variables.get(name) ?? "";
  if (raw.trim() === "") return absent(NOT_SET);
  if (!raw.includes("$")) return { ok: true, text: raw.trim() };
  const value = expandUpTo(name, variables, linesOf(text));
  const missing = MARK.exec(value)?.[1];
  if (missing !== undefined) return failed(unresolved(missing, variables));
  if (STILL_A_REFERENCE.test(value)) return failed(AMBIGUOUS);
  return value.trim() === "" ? failed(EMPTY) : { ok: true, text: value.trim() };
};

const NOT_SET = "the variable is not set there. Add it to the file, or correct the name of the source.";

const EMPTY = "its value refers to another variable and is empty without it. Set that one above it in the file.";

const AMBIGUOUS =
  "its value holds a $ with a name or command behind it, which some programs replace and others keep. Write the value itself there, or name another source.";

/** dotenv-expand's own pattern of a reference; the innermost braces come first. */
const REFERENCE = /(?<!\\)\$\{([^{}]+)\}|(?<!\\)\$([A-Za-z_]\w*)/g;

const STILL_A_REFERENCE = /\$(?:[({]|[A-Za-z_])/;

/**
 * Stands for a `$` that the library must not see: one that was expanded already, and one that is no reference, because
 * the library would read `$&` as a pattern of replacement and never end. No file holds this character.
 */
const DOLLAR = "\u0002";
const NO_REFERENCE = /\$(?![{A-Za-z_])/g;

/** Names the value under way; no variable has this name, so the library takes no known value for it. */
const RESULT = "\u0003";

/** `:-`, `-`, `:+`, `+`: the reference says what stands in for a missing variable. */
const OPERATOR = /:?[-+]/;

/** Stands for a missing variable, so that it is seen in the result; no file holds this character. */
const mark = (name: string): string => `\u0001${name}\u0001`;
const MARK = new RegExp(String.raw`\u0001([^\u0001]*)\u0001`);

function unresolved(reference: string, variables: ReadonlyMap<string, string>): string {
  const name = /^\w{1,64}/.exec(reference)?.[0] ?? "another variable";
  const why = variables.has(name)
    ? "which the file sets further below, to nothing, or from itself"
    : "which the file does not set; the program that reads the file may get it from elsewhere";
  return `its value refers to ${name}, ${why}. Set ${name} above it in the file, or name another source.`;
}

interface Line {
  readonly name: string;
  /** Shells and most programs take what stands in single quotes literally. */
  readonly literal: boolean;
}

/** The variables in the order of the file, which parseEnv does not keep; of two equal names the last line counts. */
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
  // A few lines that each double the one above would fill the memory.
  if (text.length + references.length * longest > MOST_BYTES) return mark(name);
  const missing = references.filter((key) => !OPERATOR.test(key) && (known.get(key) ?? "") === "");
  const processEnv = Object.fromEntries([...known, ...missing.map((key) => [key, mark(key)] as const)]);
  return (expand({ parsed: { [RESULT]: text }, processEnv }).parsed?.[RESULT] ?? "").replaceAll(DOLLAR, "$");
}
