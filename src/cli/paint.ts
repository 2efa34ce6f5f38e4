import type { State } from "../token/findings/finding.ts";
import type { Io, Output } from "./io.ts";

export type Style = "good" | "warning" | "bad" | "dim" | "bold";

/** Adds a style to a text. Colours only repeat information that the text contains. */
export type Paint = (style: Style, text: string) => string;

/** Colours for a terminal that supports them (https://no-color.org), plain text for all other outputs. */
export function createPaint(output: Pick<Output, "isTty">, env: Io["env"]): Paint {
  return output.isTty && !isSet(env["NO_COLOR"]) && env["TERM"] !== "dumb"
    ? (style, text) => `\u001B[${CODES[style]}m${text}\u001B[0m`
    : (_style, text) => text;
}

export function styleOf(state: State): Style {
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

const CODES: Readonly<Record<Style, string>> = { good: "32", warning: "33", bad: "31", dim: "2", bold: "1" };

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
