/** The look of a run of characters. paint.ts turns it into a colour, or ignores it. */
export type Look =
  | "bold"
  | "italic"
  | "underline"
  | "strike"
  | "code"
  | "quiet"
  | "mention"
  | "good"
  | "warning"
  | "bad"
  | "title";

/** A run of characters with one look. */
export interface Span {
  readonly text: string;
  readonly looks: readonly Look[];
}

/** One row of the terminal. */
export type Line = readonly Span[];

export function span(text: string, ...looks: readonly Look[]): Span {
  return { text, looks };
}

/** Adds a look to every span of a line. */
export function looking(line: Line, look: Look): Line {
  return line.map((one) => ({ text: one.text, looks: [...one.looks, look] }));
}

export function textOf(line: Line): string {
  return line.map(({ text }) => text).join("");
}

export const EMPTY: Line = [];
