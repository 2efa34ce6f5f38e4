import type { Span, Spans } from "../guide/rich-text.ts";
import { utcText } from "../token/moment.ts";

/** The format of values that differs from place to place. */
export interface Writing {
  /** The full command, from the words after the product's name. */
  readonly command: (words: string) => string;
  readonly date: (at: Date) => string;
}

/** Spans without formatting: the label of a button is in quotes, a link becomes "text (url)". */
export function plainText(spans: Spans, writing: Writing): string {
  return spans.map((span) => plainSpan(span, writing)).join("");
}

/** Optional advice, in one line. */
export function tipText(tip: Spans, writing: Writing): string {
  return `Tip: ${plainText(tip, writing)}`;
}

/** Spans in a terminal. */
export function terminalText(spans: Spans): string {
  return plainText(spans, TERMINAL);
}

// A space that never breaks a line, because a command must be copied whole.
const unbroken = "\u00A0";

function terminalCommand(words: string): string {
  return `\`wa-token ${words}\``.replaceAll(" ", unbroken);
}

/** The writing of a terminal: commands in backticks, each on one line, and dates in UTC. */
const TERMINAL: Writing = { command: terminalCommand, date: utcText };

function plainSpan(span: Span, { command, date }: Writing): string {
  switch (span.kind) {
    case "label":
      return `"${span.text}"`;
    case "command":
      return command(span.text);
    case "link":
      return `${span.text} (${span.url})`;
    case "date":
      return date(span.at);
    case "person":
    case "channel":
      return span.id;
    default:
      return span.text;
  }
}
