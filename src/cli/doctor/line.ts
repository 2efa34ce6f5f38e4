import { redact } from "../../token/secret/shape.ts";
import { oneLine } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Paint, Style } from "../paint.ts";

/** One line of the report. `no_answer`: another system did not answer. `warning`: does not change the exit code. */
export interface Line {
  readonly status: "ok" | "warning" | "problem" | "no_answer" | "not_tried";
  readonly topic: string;
  /** The result and, for a problem, the next step. */
  readonly text: string;
}

export function notTried(topic: string, text: string): Line {
  return { status: "not_tried", topic, text };
}

export function lineText({ status, topic, text }: Line, paint: Paint): string {
  const { word, style } = LOOKS[status];
  return `${paint(style, word.padEnd(9))}  ${topic}: ${oneLine(redact(text))}`;
}

/** 2 when the operator must change something, 3 when another system did not answer. */
export function exitForLines(lines: readonly Line[]): ExitCode {
  if (lines.some(({ status }) => status === "problem")) return EXIT.usage;
  return lines.some(({ status }) => status === "no_answer") ? EXIT.unknown : EXIT.healthy;
}

const LOOKS: Readonly<Record<Line["status"], { readonly word: string; readonly style: Style }>> = {
  ok: { word: "OK", style: "good" },
  warning: { word: "WARNING", style: "warning" },
  problem: { word: "PROBLEM", style: "bad" },
  no_answer: { word: "NO ANSWER", style: "warning" },
  not_tried: { word: "NOT TRIED", style: "dim" },
};
