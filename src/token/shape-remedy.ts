import { mayHoldSecret, redact } from "./shape.ts";
import type { ShapeKind } from "./shape-rules.ts";
import type { Source } from "./source.ts";

/** How to get the bare token to the place where a value of this shape was found, in one or two sentences. */
export const shapeRemedy = (kind: ShapeKind, value: string, source: Source | undefined): string => {
  // A path can hold a token itself, when somebody put one where a path belongs.
  return redact([keepOnly(PART[kind] ?? NEW_TOKEN, source), ...more(kind, value, source)].join(" "));
};

const NEW_TOKEN = "the token of your system user";

/** What to keep of the value; of the other kinds nothing can be kept. */
const PART: Readonly<Partial<Record<ShapeKind, string>>> = {
  header: "the part after Bearer",
  bearer: "the part after Bearer",
  json: "the value of one key",
  url: "the value of access_token",
  reference: "the secret itself",
  assignment: "the part after the name",
  quotes: "the token, without quotation marks",
  masked: "the whole token",
  base64: "the decoded token",
  escaped: "the token, without the escape",
  trailing: "the token, without that character",
  invisible: "a fresh copy of the token",
  space: "the token, in one piece",
  short: "the whole token",
};

function keepOnly(part: string, source: Source | undefined): string {
  switch (source?.kind) {
    case undefined:
      return `Paste only ${part}.`;
    case "env":
      return `Set ${source.name} to ${part}, and nothing else.`;
    case "file":
      return `In ${source.path}, store only ${part}.`;
    case "dotenv":
      return `In ${source.path}, write only ${part} after ${source.name}=.`;
    case "exec":
      return `Change the command so that it prints only ${part}.`;
  }
}

/** What helps beyond that: a command that takes the token out, or where the token is shown. */
function more(kind: ShapeKind, value: string, source: Source | undefined): readonly string[] {
  switch (kind) {
    case "json":
      return oneKey(filterOfToken(value), source);
    case "base64":
      return decoded(source);
    case "reference":
      return resolved(source);
    case "masked":
    case "invisible":
    case "space":
    case "short":
      return ["Meta shows it once, when it is generated; generate a new one if you do not have it."];
    case "instagram":
    case "threads":
    case "slack":
    case "app_token":
    case "id":
    case "jwt":
      return ["You generate it in Business Settings, at Users > System users."];
    default:
      return [];
  }
}

/** As an `exec:` source; its words are JSON. */
function execSource(...argv: readonly string[]): string {
  return `exec:${JSON.stringify(argv)}`;
}

function oneKey(found: string | undefined, source: Source | undefined): readonly string[] {
  const filter = found ?? ".KEY";
  switch (source?.kind) {
    case "file":
      return [`Or take one key out with the source ${execSource("jq", "-er", filter, source.path)}.`];
    case "exec":
      return [`For example, pipe its output through jq -er ${/^[\w.]+$/.test(filter) ? filter : `'${filter}'`}.`];
    default:
      return found === undefined ? [] : [`The token stands at ${found}.`];
  }
}

function decoded(source: Source | undefined): readonly string[] {
  switch (source?.kind) {
    case "file":
      return [`Or decode it with the source ${execSource("base64", "-d", source.path)}.`];
    case "exec":
      return ["For example, pipe its output through base64 -d."];
    default:
      return ["base64 -d decodes it."];
  }
}

function resolved(source: Source | undefined): readonly string[] {
  return source === undefined
    ? ["The platform that uses the reference shows the secret."]
    : ["Let your platform put it there, or read it with an exec: source that prints the secret."];
}

/** jq's filter for the first text in JSON that looks like a token; undefined when a key on the way must not be shown. */
function filterOfToken(json: string): string | undefined {
  try {
    return pathOfToken(JSON.parse(json))?.replace(/^(?!\.)/, ".");
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Secrets lie a few levels deep; a text made to be deep must not fill the stack. */
const DEEPEST = 20;

function pathOfToken(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return /^(?:EAA|CAA)[0-9A-Za-z]{20}/.test(value) ? "" : undefined;
  if (typeof value !== "object" || value === null || depth === DEEPEST) return undefined;
  for (const [key, below] of Object.entries(value)) {
    const rest = pathOfToken(below, depth + 1);
    if (rest !== undefined) return step(key, Array.isArray(value), rest);
  }
  return undefined;
}

/** One level of the filter in front of the rest; a name that jq does not take bare stands in quotes. */
function step(key: string, inList: boolean, rest: string): string | undefined {
  if (inList) return `[${key}]${rest}`;
  if (!/^[\w-]{1,40}$/.test(key) || mayHoldSecret(key)) return undefined;
  return `.${/^[A-Za-z_]\w*$/.test(key) ? key : `"${key}"`}${rest}`;
}
