import type { ListItem, Part, Span, Spans } from "../guide/rich-text.ts";
import type { Topic } from "../guide/topic.ts";
import { utcText } from "../token/moment.ts";
import { wrap } from "./wrap.ts";

/** The format of values that differs from place to place. */
export interface Writing {
  /** The full command, from the words after the product's name. */
  readonly command: (words: string) => string;
  readonly date: (at: Date) => string;
}

/** Spans without formatting: the label of a button is in quotes, a link becomes "text (url)". */
export function plainText(spans: Spans, writing: Writing): string {
  return spans.map((span) => plainSpan(span, writing)).join("");
}

/** Optional advice, in one line. */
export function tipText(tip: Spans, writing: Writing): string {
  return `Tip: ${plainText(tip, writing)}`;
}

/** A topic for a terminal, wrapped at `width` columns, without colours or escape codes. Ends without a line break. */
export function topicAsText(topic: Topic, { width }: { readonly width: number }): string {
  const blocks = [
    `${topic.title}\n${"-".repeat(Math.min(topic.title.length, width))}`,
    ...(topic.kind === "help" ? [wrap(topic.summary, width)] : []),
    ...topic.parts.map((part) => partAsText(part, width)),
    ...topic.tips.map((tip) => wrap(tipText(tip, TERMINAL), width)),
  ];
  return blocks.join("\n\n").replaceAll(unbroken, " ");
}

/** Spans in a terminal. */
export function terminalText(spans: Spans): string {
  return plainText(spans, TERMINAL);
}

// A space that never breaks a line, because a command must be copied whole.
const unbroken = "\u00A0";

function terminalCommand(words: string): string {
  return `\`wa-token ${words}\``.replaceAll(" ", unbroken);
}

/** The writing of a terminal: commands in backticks, each on one line, and dates in UTC. */
const TERMINAL: Writing = { command: terminalCommand, date: utcText };

function plainSpan(span: Span, { command, date }: Writing): string {
  switch (span.kind) {
    case "label":
      return `"${span.text}"`;
    case "command":
      return command(span.text);
    case "link":
      return `${span.text} (${span.url})`;
    case "date":
      return date(span.at);
    case "person":
    case "channel":
      return span.id;
    default:
      return span.text;
  }
}

function partAsText(part: Part, width: number): string {
  switch (part.kind) {
    case "paragraph":
      return wrap(terminalText(part.spans), width);
    case "list":
      return part.items
        .map((item, index) => itemAsText(item, part.ordered ? `${String(index + 1)}. ` : "- ", width))
        .join("\n");
    case "table":
      return tableAsText([part.header, ...part.rows], width);
    default:
      return part satisfies never;
  }
}

function itemAsText(item: ListItem, marker: string, width: number): string {
  const indent = " ".repeat(marker.length);
  return [
    wrap(terminalText(item.spans), width, marker),
    ...(item.bullets ?? []).map((spans) => wrap(terminalText(spans), width, `${indent}- `)),
    ...(item.codeblock === undefined ? [] : [`${indent}  ${item.codeblock}`]),
  ].join("\n");
}

/** Columns side by side when they fit, else each row on its own lines with the words of the header. */
function tableAsText(rows: readonly (readonly Spans[])[], width: number): string {
  const cells = rows.map((row) => row.map(terminalText));
  const [header = [], ...body] = cells;
  const widths = header.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  if (widths.reduce((sum, one) => sum + one + 3, -3) > width) {
    const labelled = (row: readonly string[]) =>
      row.map((cell, column) => wrap(`${header[column] ?? ""}: ${cell}`, width, "- ")).join("\n");
    return body.map(labelled).join("\n\n");
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(" | ")
      .trimEnd();
  return [line(header), widths.map((one) => "-".repeat(one)).join("-+-"), ...body.map(line)].join("\n");
}
