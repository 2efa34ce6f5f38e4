import type { Span, Spans } from "../guide/rich-text.ts";
import { foreign, weightOf } from "./values.ts";

/** Cuts spans to one line of about `max` in weight, with `…` at the cut. Only texts are cut; other spans stay whole. */
export function cutSpans(spans: Spans, max: number): Spans {
  const kept: Span[] = [];
  let left = max;
  for (const span of spans.map(onOneLine)) {
    const length = "text" in span ? weightOf(span.text) : 0;
    if (length > left) {
      kept.push(span.kind === "text" ? cutText(span.text, left) : ELLIPSIS);
      break;
    }
    kept.push(span);
    left -= length;
  }
  return kept;
}

/** The first texts that fit into about `room` characters. */
export function fittingSpans(texts: readonly Spans[], room: number): readonly Spans[] {
  const end = countWithin(texts, room);
  return end === texts.length ? texts : texts.slice(0, end);
}

/** The number of first texts that fit, each with a separator. */
export function countWithin(texts: readonly Spans[], room: number): number {
  let left = room;
  const end = texts.findIndex((text) => {
    left -= lengthOf(text) + 2;
    return left < 0;
  });
  return end === -1 ? texts.length : end;
}

function onOneLine(span: Span): Span {
  return span.kind === "text" ? { ...span, text: span.text.replaceAll(/\s+/g, " ") } : span;
}

function lengthOf(spans: Spans): number {
  return spans.reduce((sum, span) => sum + ("text" in span ? weightOf(span.text) : VALUE_LENGTHS[span.kind]), 0);
}

/** The approximate length of a value in Slack's storage. A date has a format and a fallback. */
const VALUE_LENGTHS = { date: 68, person: 22, channel: 22 } as const;

const ELLIPSIS: Span = { kind: "text", text: "…" };

function cutText(text: string, max: number): Span {
  if (max < 1) return ELLIPSIS;
  // `foreign` trims, and a space between two spans must stay.
  const start = text.startsWith(" ") ? " " : "";
  return { kind: "text", text: `${start}${textOf(foreign(text, max))}` };
}

function textOf(span: Span): string {
  return "text" in span ? span.text : "";
}
