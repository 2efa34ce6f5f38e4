import type { Line, Look } from "./span.ts";

/** Turns a line into text for the terminal, without spaces at the end. */
export type Paint = (line: Line) => string;

/** Uses colours only for a terminal that supports them. Colours never add information to the words. */
export function createPaint(colour: boolean): Paint {
  return colour ? coloured : plain;
}

const CODES: Readonly<Record<Look, string>> = {
  bold: "1",
  title: "1",
  italic: "3",
  underline: "4",
  strike: "9",
  quiet: "2",
  code: "36",
  mention: "34",
  good: "32",
  warning: "33",
  bad: "31",
};

const plain: Paint = (line) =>
  line
    .map(({ text }) => text)
    .join("")
    .trimEnd();

const coloured: Paint = (line) =>
  line
    .map(({ text, looks }) =>
      looks.length === 0 ? text : `\u001B[${looks.map((look) => CODES[look]).join(";")}m${text}\u001B[0m`,
    )
    .join("")
    .trimEnd();
