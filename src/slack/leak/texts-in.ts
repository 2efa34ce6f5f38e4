import { fieldOf, textOf } from "../requests/payload.ts";

/**
 * Every text of a message: its text, blocks, attachments, the names and previews of its files, and any other field.
 * Slack can split a rich text at each change of style, so the pieces of one section also count as one text.
 */
export function textsIn(message: unknown): readonly string[] {
  const texts: string[] = [];
  collect(message, 0, texts);
  return texts;
}

/** Blocks nest a few levels. A deeper message is not one of Slack. */
const DEEPEST = 30;

/** Elements of rich text whose pieces stand side by side (rich text block, docs.slack.dev, read 2026-11). */
const SECTIONS = /^rich_text_(?:section|preformatted|quote)$/;

function collect(value: unknown, depth: number, texts: string[]): void {
  if (typeof value === "string") texts.push(value);
  if (typeof value !== "object" || value === null || depth > DEEPEST) return;
  if (SECTIONS.test(textOf(value, "type") ?? "")) texts.push(joined(fieldOf(value, "elements")));
  for (const inner of Object.values(value)) collect(inner, depth + 1, texts);
}

/** Anything but text ends a piece: a link, a mention, an emoji. */
function joined(elements: unknown): string {
  if (!Array.isArray(elements)) return "";
  return elements
    .map((element: unknown) => (textOf(element, "type") === "text" ? textOf(element, "text") : " "))
    .join("");
}
