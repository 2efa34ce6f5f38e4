import { redact } from "../../token/secret/shape.ts";
import { oneLine } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { labelled } from "../labelled.ts";
import type { Look, Style } from "../paint.ts";

/**
 * One line of the report. `unhealthy`: a token is dead or cannot do its job. `no_answer`: another system did not
 * answer. `warning` and `not_tried` do not change the exit code.
 */
export interface Line {
  readonly status: "ok" | "warning" | "problem" | "unhealthy" | "no_answer" | "not_tried";
  readonly topic: string;
  /** The result and, for a problem, the next step. */
  readonly text: string;
}

export function notTried(topic: string, text: string): Line {
  return { status: "not_tried", topic, text };
}

/** On a terminal, the line breaks at words beside the column of the first word. */
export function lineText({ status, topic, text }: Line, look: Look): string {
  const { word, style } = LOOKS[status];
  // People copy commands, so a command stays on one line.
  const unbroken = shownText(text).replaceAll(/`[^`]+`/g, (command) => command.replaceAll(" ", NO_BREAK));
  const lines = labelled({ label: word, text: `${topic}: ${unbroken}`, style }, WORD_WIDTH, look);
  return lines.replaceAll(NO_BREAK, " ");
}

/** The object of a line in `doctor --json`. */
export function lineJson({ status, topic, text }: Line): Line {
  return { status, topic, text: shownText(text) };
}

/**
 * 2 when a setting needs a change, because the other results may depend on it. Else 1 when a token is dead or cannot do
 * its job, else 3 when another system did not answer.
 */
export function exitForLines(lines: readonly Line[]): ExitCode {
  const has = (wanted: Line["status"]): boolean => lines.some(({ status }) => status === wanted);
  if (has("problem")) return EXIT.usage;
  if (has("unhealthy")) return EXIT.unhealthy;
  return has("no_answer") ? EXIT.unknown : EXIT.healthy;
}

const LOOKS: Readonly<Record<Line["status"], { readonly word: string; readonly style: Style }>> = {
  ok: { word: "OK", style: "good" },
  warning: { word: "WARNING", style: "warning" },
  problem: { word: "PROBLEM", style: "bad" },
  unhealthy: { word: "PROBLEM", style: "bad" },
  no_answer: { word: "NO ANSWER", style: "warning" },
  not_tried: { word: "NOT TRIED", style: "dim" },
};

/** The longest word and a gap. */
const WORD_WIDTH = 11;

const NO_BREAK = "\u00A0";

function shownText(text: string): string {
  return oneLine(redact(text));
}
