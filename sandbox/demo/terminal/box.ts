import { span, textOf, type Line } from "./span.ts";
import { widthOf } from "./width.ts";
import { padTo } from "./wrap.ts";

/** Columns of a box's width that the frame uses. */
export const FRAME = 4;

export interface BoxOptions {
  /** Outer width. */
  readonly width: number;
  readonly title: string;
  /** Text at the right of the title. */
  readonly note?: string;
  /** Text in the lower edge. */
  readonly foot?: Line;
}

/** Draws a frame around lines that are at most `width - FRAME` wide. */
export function boxed(lines: readonly Line[], { width, title, note = "", foot = [] }: BoxOptions): readonly Line[] {
  const frame = (text: string) => span(text, "quiet");
  const right = note === "" ? "" : ` ${note} ─`;
  const above = "─".repeat(Math.max(1, width - widthOf(title) - widthOf(right) - 5));
  const below = "─".repeat(Math.max(1, width - (foot.length === 0 ? 2 : widthOf(textOf(foot)) + 5)));
  return [
    [frame("╭─ "), span(title, "bold"), frame(` ${above}${right}╮`)],
    ...lines.map((line) => [frame("│ "), ...padTo(line, width - FRAME), frame(" │")]),
    foot.length === 0 ? [frame(`╰${below}╯`)] : [frame(`╰${below} `), ...foot, frame(" ─╯")],
  ];
}
