import { wrapAnsi } from "fast-wrap-ansi";

/**
 * Breaks a text at spaces so that its lines fit in `columns`. The first line starts with `marker`, and the others are
 * indented to match. A longer word (an address) and words with unbreakable spaces stay whole, so that people can copy
 * them. The text can have styles, but not one inside another; the marker has none.
 * @param columns undefined: the text stays on one line
 */
export function wrapped(text: string, columns: number | undefined, marker = ""): string {
  if (columns === undefined) return `${marker}${text}`;
  const room = Math.max(columns, LEAST_COLUMNS) - marker.length;
  return hang(wrapAnsi(text, Math.max(room, 1)), marker);
}

/** In a narrower terminal, lines become longer than the terminal. */
const LEAST_COLUMNS = 20;

function hang(text: string, marker: string): string {
  return text
    .split("\n")
    .map((line, index) => `${index === 0 ? marker : " ".repeat(marker.length)}${line.trimEnd()}`)
    .join("\n");
}
