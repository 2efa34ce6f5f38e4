import { EMPTY, span, textOf, type Line, type Span } from "./span.ts";
import { charactersOf, widthOf } from "./width.ts";

export function lineWidth(line: Line): number {
  return widthOf(textOf(line));
}

/** Fills a line with spaces to `width` columns. A longer line stays unchanged. */
export function padTo(line: Line, width: number): Line {
  return [...line, span(" ".repeat(Math.max(0, width - lineWidth(line))))];
}

/** Puts `lead` before the first line, and the same number of spaces before the others. */
export function hanging(lead: Line, lines: readonly Line[]): readonly Line[] {
  return lines.map((line, index) => [...(index === 0 ? lead : [span(" ".repeat(lineWidth(lead)))]), ...line]);
}

export function indented(columns: number, lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => (columns === 0 || line.length === 0 ? line : [span(" ".repeat(columns)), ...line]));
}

/** Breaks a line at spaces so that no row is wider than `width`; leading spaces of the first row stay. */
export function wrap(line: Line, width: number): readonly Line[] {
  const rows: Line[] = [];
  let row: Line = EMPTY;
  for (const { before, spans } of wordsOf(line)) {
    if (lineWidth(row) + lineWidth(before) + lineWidth(spans) <= width) {
      row = [...row, ...before, ...spans];
      continue;
    }
    if (row.length > 0) rows.push(row);
    const parts = pieces(spans, width);
    rows.push(...parts.slice(0, -1));
    row = parts.at(-1) ?? EMPTY;
  }
  return [...rows, row];
}

/** A word contains no space, but its look may change within the word. */
interface Word {
  readonly before: Line;
  readonly spans: Line;
}

function wordsOf(line: Line): readonly Word[] {
  const words: { readonly before: Line; readonly spans: Span[] }[] = [{ before: EMPTY, spans: [] }];
  for (const { text, looks } of line)
    for (const piece of text.split(/( +)/)) {
      if (piece.startsWith(" ")) words.push({ before: [{ text: piece, looks }], spans: [] });
      else if (piece !== "") words.at(-1)?.spans.push({ text: piece, looks });
    }
  return words.filter(({ spans }) => spans.length > 0);
}

/** Cuts a word into parts that fit. There is only one part unless the word is wider than a line. */
function pieces(word: Line, width: number): readonly Line[] {
  if (lineWidth(word) <= width) return [word];
  const cut: Span[][] = [[]];
  let used = 0;
  for (const { text, looks } of word) {
    let run = "";
    for (const character of charactersOf(text)) {
      const columns = widthOf(character);
      if (used + columns > width) {
        if (run !== "") cut.at(-1)?.push({ text: run, looks });
        cut.push([]);
        [run, used] = ["", 0];
      }
      run += character;
      used += columns;
    }
    if (run !== "") cut.at(-1)?.push({ text: run, looks });
  }
  return cut;
}
