import { stripVTControlCharacters } from "node:util";
import type { Look, Style } from "./paint.ts";
import { wrapped } from "./wrapped.ts";

/** A row of a list in a terminal: a label in a column, and its text. */
export interface Labelled {
  readonly label: string;
  /** Can have styles. */
  readonly text: string;
  readonly style?: Style;
}

/**
 * A row with the label in a column of `width`. The lines of the text break beside the column. On a narrow terminal, a
 * text that does not fit beside its label begins on its own line.
 */
export function labelled({ label, text, style }: Labelled, width: number, { paint, columns }: Look): string {
  const painted = style === undefined ? label : paint(style, label);
  if (text === "") return painted;
  const indent = " ".repeat(Math.max(width, label.length));
  const beside = (lines: string): string => `${painted}${indent.slice(label.length)}${lines.slice(indent.length)}`;
  const isWide = columns === undefined || columns >= width + LEAST_TEXT;
  const fits = label.trim() !== "" && indent.length + stripVTControlCharacters(text).length <= (columns ?? Infinity);
  if (isWide || fits) return beside(wrapped(text, columns, indent));
  const below = wrapped(text.replaceAll(/ {2,}/g, " "), columns, NARROW_INDENT);
  return label.trim() === "" ? below : `${painted}\n${below}`;
}

/** Beside the labels, there must be room for this many columns: a permission, or an address of a call. */
const LEAST_TEXT = 40;

const NARROW_INDENT = "    ";
