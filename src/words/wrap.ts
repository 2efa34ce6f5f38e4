/**
 * Breaks text at spaces so that lines fit in `width` columns. The first line starts with `marker`, and the others are
 * indented to match. A longer word (an address) stays whole, so that people can copy it.
 */
export function wrap(text: string, width: number, marker = ""): string {
  const columns = Math.max(width, leastWidth);
  const indent = " ".repeat(marker.length);
  const lines: string[] = [];
  let line = marker;
  let empty = true;
  for (const word of text.split(" ").filter((one) => one !== "")) {
    if (!empty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}

const leastWidth = 20;
