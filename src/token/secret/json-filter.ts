import { mayHoldSecret } from "./shape.ts";

/**
 * The jq filter for the first string in the JSON that looks like a token. Undefined when the JSON is invalid or has no
 * token. Also undefined when a key on the path must not be shown.
 */
export function jsonFilter(json: string): string | undefined {
  try {
    return pathOfToken(JSON.parse(json))?.replace(/^(?!\.)/, ".");
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Real secrets are only a few levels deep. The limit keeps very deep JSON from overflowing the stack. */
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

/**
 * Puts one level in front of the filter. jq needs quotes around a key that is not a plain name. Undefined when the key
 * must not be shown.
 */
function step(key: string, inList: boolean, rest: string): string | undefined {
  if (inList) return `[${key}]${rest}`;
  if (!/^[\w-]{1,40}$/.test(key) || mayHoldSecret(key)) return undefined;
  return `.${/^[A-Za-z_]\w*$/.test(key) ? key : `"${key}"`}${rest}`;
}
