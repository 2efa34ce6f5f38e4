import type { Line, Look } from "./span.ts";

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

/** A line as a terminal takes it; spaces at its end are left out. */
export type Paint = (line: Line) => string;

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

/** Colours only for a terminal that takes them; they never say more than the words. */
export const createPaint = (colour: boolean): Paint => (colour ? coloured : plain);
