import { withoutQueries } from "../token/secret/address-queries.ts";
import { redact } from "../token/secret/shape.ts";

/** An error in the arguments or the configuration, which the user must fix: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Removes control characters from a text for a terminal. Otherwise typed text, paths and names could move the cursor,
 * change colours or reverse the text.
 */
export function printable(text: string): string {
  return text.replaceAll(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, "");
}

/** Like `printable`, but on one line. */
export function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, " ")).trim();
}

/** Removes long words, token-like words and invisible characters from a message that repeats typed text. */
export function withoutLongWords(message: string): string {
  return printable(redact(message))
    .split(/(\s+)/)
    .map((word) => (word.length > LONGEST_WORD ? "[…]" : word))
    .join("");
}

/** Formats an unexpected error as one line: no stack, no token, no URL query. */
export function unexpectedText(error: unknown): string {
  const message = error instanceof Error && error.message !== "" ? error.message : "An error without a message";
  const line = redact(withoutQueries(message))
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 500);
  return `wa-token stopped: ${line}${/[.!?…]$/.test(line) ? "" : "."}\n`;
}

/** Secrets have 32 characters or more. No argument of this program is that long. */
const LONGEST_WORD = 31;
