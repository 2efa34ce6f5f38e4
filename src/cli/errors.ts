import { redact } from "../token/shape.ts";

/** The person at the terminal must change the arguments or the configuration: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** No argument of ours is this long, and secrets are: the shortest have 32 characters. */
const LONGEST_WORD = 31;

/**
 * A text for a terminal: what was typed, a path or a name from outside could carry codes that move the cursor, colour
 * what follows or turn the direction of reading.
 */
export const printable = (text: string): string => text.replaceAll(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, "");

/** The same in one line. */
export const oneLine = (text: string): string => printable(text.replaceAll(/\s+/g, " ")).trim();

/** A message that repeats what was typed, with everything long, token-shaped or invisible taken out of it. */
export const withoutLongWords = (message: string): string =>
  printable(redact(message))
    .split(/(\s+)/)
    .map((word) => (word.length > LONGEST_WORD ? "[…]" : word))
    .join("");

const ADDRESS_QUERY = /(https?:\/\/[^\s?]+)\?\S*/gi;

/** An unforeseen error as one line for a terminal: no stack, no token, no query of an address. */
export const unexpectedText = (error: unknown): string => {
  const message = error instanceof Error && error.message !== "" ? error.message : "An error without a message";
  const line = redact(message.replaceAll(ADDRESS_QUERY, "$1"))
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 500);
  return `wa-token stopped: ${line}${/[.!?…]$/.test(line) ? "" : "."}\n`;
};
