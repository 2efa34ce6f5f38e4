import { span, textOf, type Line } from "./span.ts";

/** The first `most` lines and a note with the number of the others. Nothing is cut to save only one or two lines. */
export function firstLines(lines: readonly Line[], most: number): readonly Line[] {
  if (lines.length <= most + 2) return lines;
  const kept = lines.slice(0, most);
  while (kept.length > 0 && textOf(kept.at(-1) ?? []).trim() === "") kept.pop();
  return [...kept, [span(`⋯ ${lines.length - kept.length} more lines`, "quiet")]];
}
