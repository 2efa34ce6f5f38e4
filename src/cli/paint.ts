import type { State } from "../token/findings/finding.ts";
import type { Io, Output } from "./io.ts";

export type Style = "good" | "warning" | "bad" | "dim" | "bold" | Badge;

/** A badge is the most visible word of an output: reversed, with a space on both sides. */
type Badge = `${"good" | "warning" | "bad"} badge`;

/** Adds a style to a text. Colours only repeat information that the text contains. */
export type Paint = (style: Style, text: string) => string;

/** How to write for a place. */
export interface Look {
  readonly paint: Paint;
  /** The width of a line. Undefined: lines do not break. */
  readonly columns: number | undefined;
}

/** The look of an output. Only lines on a terminal break, because programs and editors break lines themselves. */
export function lookOf(output: Output, env: Io["env"]): Look {
  return { paint: createPaint(output, env), columns: output.columns };
}

/** Colours for a terminal that supports them (https://no-color.org), plain text for all other outputs. */
export function createPaint(output: Pick<Output, "isTty">, env: Io["env"]): Paint {
  return output.isTty && !isSet(env["NO_COLOR"]) && env["TERM"] !== "dumb"
    ? (style, text) => `\u001B[${CODES[style]}m${isBadge(style) ? `\u00A0${text}\u00A0` : text}\u001B[0m`
    : (_style, text) => text;
}

export function styleOf(state: State): "good" | "warning" | "bad" {
  switch (state) {
    case "healthy":
      return "good";
    case "expiring":
    case "unknown":
      return "warning";
    case "degraded":
    case "expired":
    case "revoked":
    case "invalid":
      return "bad";
  }
}

const CODES: Readonly<Record<Style, string>> = {
  good: "32",
  warning: "33",
  bad: "31",
  dim: "2",
  bold: "1",
  "good badge": "1;7;32",
  "warning badge": "1;7;33",
  "bad badge": "1;7;31",
};

function isBadge(style: Style): style is Badge {
  return style.endsWith(" badge");
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
