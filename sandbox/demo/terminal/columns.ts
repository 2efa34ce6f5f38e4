import { EMPTY, span, type Line } from "./span.ts";
import { padTo, wrap } from "./wrap.ts";

/**
 * Puts cells into two columns, row by row, as Slack shows the fields of a section. Stacks them when there is too little
 * space.
 */
export function twoColumns(cells: readonly (readonly Line[])[], width: number): readonly Line[] {
  const column = Math.floor((width - GAP) / 2);
  if (column < NARROWEST) return cells.flatMap((cell) => cell.flatMap((line) => wrap(line, width)));
  const wrapped = cells.map((cell) => cell.flatMap((line) => wrap(line, column)));
  const rows: Line[] = [];
  for (let index = 0; index < wrapped.length; index += 2) {
    const [left = [], right = []] = [wrapped[index], wrapped[index + 1]];
    for (let row = 0; row < Math.max(left.length, right.length); row += 1) {
      const beside = right[row] ?? EMPTY;
      const first = left[row] ?? EMPTY;
      rows.push(beside.length === 0 ? first : [...padTo(first, column), span(" ".repeat(GAP)), ...beside]);
    }
  }
  return rows;
}

const GAP = 2;

/** Cells are stacked when the columns would be narrower than this. */
const NARROWEST = 24;
