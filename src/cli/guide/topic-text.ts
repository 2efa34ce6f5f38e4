import type { ListItem, Part, Span, Spans } from "../../guide/rich-text.ts";
import type { Topic } from "../../guide/topic.ts";
import { terminalText } from "../../words/plain-text.ts";
import { printable } from "../errors.ts";
import type { Look, Paint } from "../paint.ts";
import { wrapped } from "../wrapped.ts";

/** A topic for a terminal or a pipe, with a bold heading and dim addresses. Ends without a line break. */
export function topicText(topic: Topic, look: TopicLook): string {
  const { paint, columns } = look;
  const rule = "-".repeat(Math.min(topic.title.length, columns));
  const blocks = [
    `${wrapped(paint("bold", printable(topic.title)), columns)}\n${paint("dim", rule)}`,
    ...(topic.kind === "help" ? [wrapped(printable(topic.summary), columns)] : []),
    ...topic.parts.map((part) => partText(part, look)),
    ...topic.tips.map((tip) => wrapped(`${paint("bold", "Tip:")} ${spansText(tip, paint)}`, columns)),
  ];
  // People copy commands, so the spaces that kept them on one line become normal ones.
  return blocks.join("\n\n").replaceAll("\u00A0", " ");
}

/** A topic always has a width, because long lines are hard to read in every place. */
export interface TopicLook extends Look {
  readonly columns: number;
}

function spansText(spans: Spans, paint: Paint): string {
  return spans.map((span) => spanText(span, paint)).join("");
}

function spanText(span: Span, paint: Paint): string {
  switch (span.kind) {
    case "bold":
    case "command":
      return paint("bold", printable(terminalText([span])));
    case "link":
      return `${printable(span.text)} ${paint("dim", `(${span.url})`)}`;
    default:
      return printable(terminalText([span]));
  }
}

function partText(part: Part, look: TopicLook): string {
  switch (part.kind) {
    case "paragraph":
      return wrapped(spansText(part.spans, look.paint), look.columns);
    case "list":
      return part.items
        .map((item, index) => itemText(item, part.ordered ? `${String(index + 1)}. ` : "- ", look))
        .join("\n");
    case "table":
      return tableText([part.header, ...part.rows], look);
    default:
      return part satisfies never;
  }
}

function itemText(item: ListItem, marker: string, { paint, columns }: TopicLook): string {
  const indent = " ".repeat(marker.length);
  const lines = (spans: Spans, first: string): string => {
    const text = wrapped(spansText(spans, paint), columns, first);
    return text.replace(first, () => first.replace(first.trim(), (mark) => paint("bold", mark)));
  };
  return [
    lines(item.spans, marker),
    ...(item.bullets ?? []).map((spans) => lines(spans, `${indent}- `)),
    ...(item.codeblock === undefined ? [] : [`${indent}  ${paint("bold", printable(item.codeblock))}`]),
  ].join("\n");
}

/** Columns side by side when they fit, else each row on its own lines with the words of the header. */
function tableText(rows: readonly (readonly Spans[])[], { paint, columns }: TopicLook): string {
  const cells = rows.map((row) => row.map(terminalText).map(printable));
  const [header = [], ...body] = cells;
  const widths = header.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  if (widths.reduce((sum, one) => sum + one + 3, -3) > columns) {
    const labelled = (row: readonly string[]) =>
      row
        .map((cell, column) => wrapped(`${paint("bold", `${header[column] ?? ""}:`)} ${cell}`, columns, "- "))
        .join("\n");
    return body.map(labelled).join("\n\n");
  }
  const line = (row: readonly string[], style?: "bold") =>
    row
      .map((cell, column) => {
        const text = column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0);
        return style === undefined ? text : paint(style, text);
      })
      .join(" | ");
  const rule = paint("dim", widths.map((one) => "-".repeat(one)).join("-+-"));
  return [line(header, "bold"), rule, ...body.map((row) => line(row))].join("\n");
}
