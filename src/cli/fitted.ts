import { labelled } from "./labelled.ts";
import { wrapped } from "./wrapped.ts";

/**
 * A text whose lines fit in `columns`. A line with a gap of two or more spaces is a command and its explanation: the
 * explanation breaks beside or below the command. Other lines break at words, not in commands in backticks, and keep
 * their indentation.
 * @param columns undefined: nothing changes
 */
export function fitted(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return text
    .split("\n")
    .map((line) => (line.length <= columns ? line : fittedLine(line, columns)))
    .join("\n");
}

const ROW = /^(?<label> *\S.*?)(?<gap> {2,})(?<text>\S.*)$/;

function fittedLine(line: string, columns: number): string {
  const { label, gap, text } = ROW.exec(line)?.groups ?? {};
  if (label !== undefined && gap !== undefined && text !== undefined)
    return labelled({ label, text }, label.length + gap.length, { paint: (_style, words) => words, columns });
  const content = line.trimStart();
  return wrapped(unbroken(content), columns, " ".repeat(line.length - content.length)).replaceAll("\u00A0", " ");
}

function unbroken(text: string): string {
  return text.replaceAll(/`[^`]+`/g, (command) => command.replaceAll(" ", "\u00A0"));
}
