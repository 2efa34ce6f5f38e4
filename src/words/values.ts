import { code, rich, type Span, type Spans } from "../guide/rich-text.ts";

/** Foreign text on one line, at most `max` characters long. Every place shows it literally. */
export function foreign(text: string, max: number): Span & { readonly text: string } {
  return { kind: "text", text: cut(text, max) };
}

/** Foreign text in bold: the name of a watch, of a number, of an app. */
export function named(name: string, max = LONGEST_NAME): Span & { readonly text: string } {
  return { kind: "bold", text: cut(name, max) };
}

/** Foreign text in code style: an ID, a permission, a source. */
export function coded(value: string, max = LONGEST_NAME): Span {
  return code(cut(value, max));
}

/** "7", "4,312". */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** "1 token", "3 tokens", "2 watches", "4,312 alerts". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/**
 * "a", "a and b", "a, b and c", "a, b and 4 more": at most `most` items by name.
 * @param total the number of all items, when `items` are only the first
 */
export function listed(items: readonly Spans[], most = 10, total = items.length): Spans {
  const shown = items.slice(0, most);
  const more = total - shown.length;
  const all = more === 0 ? shown : [...shown, rich`${grouped(more)} more`];
  return all.flatMap((spans, index) => {
    if (index === 0) return spans;
    return [...rich`${index === all.length - 1 ? " and " : ", "}`, ...spans];
  });
}

/** Joins sentences with a space. */
export function sentences(...texts: readonly Spans[]): Spans {
  const said = texts.filter((spans) => spans.length > 0);
  return said.flatMap((spans, index) => (index === 0 ? spans : [...rich` `, ...spans]));
}

/**
 * The length of a text in UTF-16 units as Slack stores it, with `&`, `<` and `>` as entities. A text that was cut to
 * this length still fits after it is escaped.
 */
export function weightOf(text: string): number {
  return (text.match(/[&<>]/g) ?? []).reduce((sum, sign) => sum + (ENTITY_LENGTHS[sign] ?? 1) - 1, text.length);
}

const LONGEST_NAME = 100;

/** The length of the entity that Slack stores for a character. */
const ENTITY_LENGTHS: Readonly<Record<string, number>> = { "&": 5, "<": 4, ">": 4 };

/** Cuts to at most `max` in weight, with `…` at the cut. Never leaves half a character. */
function cut(text: string, max: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line.length <= max && weightOf(line) <= max) return line;
  let left = max - 1;
  let kept = "";
  for (const character of line) {
    left -= ENTITY_LENGTHS[character] ?? character.length;
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}
