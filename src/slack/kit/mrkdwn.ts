/** Removes characters that change how the surrounding text is read. Tabs become spaces. */
export function printable(text: string): string {
  return text.replaceAll("\t", " ").replace(UNPRINTABLE, (character) => (character === "\n" ? "\n" : ""));
}

/** Foreign text, escaped so that mrkdwn shows it literally (formatting message text, docs.slack.dev, read 2026-11). */
export function escapeMrkdwn(text: string): string {
  return printable(text).replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}

/**
 * Cuts to at most `max` UTF-16 units, with `…` at the cut. Never leaves half a character, half an entity (`&am`) or
 * half a `<…>` sequence.
 */
export function cutTo(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .replace(/&[a-z]{0,3}$/, "")
    .replace(/<[^<>]*$/, "");
  return `${kept}…`;
}

/** The most characters to repeat of an unknown word: enough to see a typo, too little to show a pasted secret. */
export const LONGEST_REPEATED = 20;

/** A foreign text on one line, escaped and cut. */
export function literal(text: string, max: number): string {
  return cutTo(escapeMrkdwn(cutTo(text.replaceAll(/\s+/g, " ").trim(), max)), max);
}

export function bold(text: string): string {
  return `*${text}*`;
}

/** A foreign value in code style: an ID, a scope, a name. */
export function code(value: string, max = 80): string {
  const text = literal(value.replaceAll("`", "'"), max);
  return text === "" ? "–" : `\`${text}\``;
}

/** "a, b, c and 4 more", within `max` characters. Items must already be escaped. */
export function listed(items: readonly string[], max: number): string {
  const shown: string[] = [];
  let length = 0;
  for (const item of items) {
    length += item.length + 2;
    if (length > max) break;
    shown.push(item);
  }
  const more = items.length - shown.length;
  if (more === 0) return shown.join(", ");
  return shown.length === 0 ? `${more} of them` : `${shown.join(", ")} and ${more} more`;
}

/** Control characters and bidirectional overrides, which would move or hide the text around them. Line breaks stay. */
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
