import { mayHoldSecret } from "./shape.ts";

/** jq's filter for the first text in JSON that looks like a token; undefined when a key on the way must not be shown. */
export function jsonFilter(json: string): string | undefined {
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
