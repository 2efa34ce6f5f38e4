import type { ListItem, Part, Span, Spans } from "./rich-text.ts";
import type { Note, Topic } from "./topic.ts";
import { wrap } from "./wrap.ts";

/** Spans without their looks; a link becomes "text (url)". */
export function plainText(spans: Spans): string {
  return spans.map(plainSpan).join("");
}

/** An addition in one line. */
export function noteText({ advice, why }: Note): string {
  return `Added: ${plainText(advice)}${why === undefined ? "" : ` Why: ${plainText(why)}`}`;
}

/** What a topic that the original guide does not have begins with. */
export function addedSummary({ summary }: Pick<Topic, "summary">): string {
  return `Added to the original guide. ${summary}`;
}

/** A topic for a terminal, wrapped at `width` columns, without colours or escape codes. Ends without a line break. */
export function topicAsText(topic: Topic, options: { readonly width: number }): string {
  const { width } = options;
  const blocks = [
    `${topic.title}\n${"-".repeat(Math.min(topic.title.length, width))}`,
    ...(topic.origin === "added" ? [wrap(addedSummary(topic), width)] : []),
    ...topic.parts.map((part) => partAsText(part, width)),
    ...topic.notes.map((note) => wrap(noteText(note), width)),
  ];
  return blocks.join("\n\n");
}

function plainSpan(span: Span): string {
  return span.kind === "link" ? `${span.text} (${span.url})` : span.text;
}

function partAsText(part: Part, width: number): string {
  switch (part.kind) {
    case "paragraph":
      return wrap(plainText(part.spans), width);
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
    wrap(plainText(item.spans), width, marker),
    ...(item.bullets ?? []).map((spans) => wrap(plainText(spans), width, `${indent}- `)),
    ...(item.codeblock === undefined ? [] : [`${indent}  ${item.codeblock}`]),
  ].join("\n");
}

/** Columns side by side when they fit; else each row on its own lines under the words of the header. */
function tableAsText(rows: readonly (readonly Spans[])[], width: number): string {
  const cells = rows.map((row) => row.map(plainText));
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
