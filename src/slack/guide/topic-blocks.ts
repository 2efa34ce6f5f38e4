import type { KnownBlock, RichTextBlock, RichTextElement, RichTextList, RichTextSection } from "@slack/types";
import type { ListItem, Part, Span, Spans } from "../../guide/rich-text.ts";
import type { Topic } from "../../guide/topic.ts";
import { context, fields, header } from "../kit/blocks.ts";
import { utcText } from "../../token/moment.ts";
import { bold, escapeMrkdwn } from "../kit/mrkdwn.ts";
import { mrkdwnText, slackCommand } from "../kit/spans.ts";

/** A topic as blocks: title, summary, parts, tips. */
export function topicBlocks(topic: Topic): readonly KnownBlock[] {
  return [
    header(topic.title),
    ...(topic.kind === "help" ? [context(escapeMrkdwn(topic.summary))] : []),
    ...topic.parts.flatMap(partBlocks),
    ...tipBlocks(topic),
  ];
}

type Element = RichTextBlock["elements"][number];

/** Slack documents `offset`, but the types lack it (rich text block, docs.slack.dev, read 2026-11). */
interface CountedList extends RichTextList {
  /** The number of list items before this part of the list. */
  offset?: number;
}

/** rich_text shows text literally. The text needs no escaping and cannot become a mention. */
function inline(span: Span): RichTextElement {
  switch (span.kind) {
    case "text":
      return { type: "text", text: span.text };
    case "bold":
    case "label":
      return { type: "text", text: span.text, style: { bold: true } };
    case "code":
      return { type: "text", text: span.text, style: { code: true } };
    case "command":
      return { type: "text", text: slackCommand(span.text), style: { code: true } };
    case "link":
      return { type: "link", url: span.url, text: span.text };
    case "date":
      return {
        type: "date",
        timestamp: Math.floor(span.at.getTime() / 1_000),
        format: "{date_short_pretty} {time}",
        fallback: utcText(span.at),
      };
    case "person":
      return { type: "user", user_id: span.id };
    case "channel":
      return { type: "channel", channel_id: span.id };
  }
}

function inlines(spans: Spans): RichTextElement[] {
  return spans.map(inline);
}

function line(spans: Spans): RichTextSection {
  return { type: "rich_text_section", elements: inlines(spans) };
}

function richText(elements: Element[]): RichTextBlock {
  return { type: "rich_text", elements };
}

/** Items of one list. Sub-points and code blocks split the list; the numbering continues after each split. */
function listElements(items: readonly ListItem[], ordered: boolean): Element[] {
  const elements: Element[] = [];
  let open: CountedList | undefined;
  for (const [index, item] of items.entries()) {
    if (open === undefined) {
      open = {
        type: "rich_text_list",
        style: ordered ? "ordered" : "bullet",
        ...(ordered && index > 0 ? { offset: index } : {}),
        elements: [],
      };
      elements.push(open);
    }
    open.elements.push(line(item.spans));
    const { bullets = [], codeblock } = item;
    if (bullets.length > 0)
      elements.push({ type: "rich_text_list", style: "bullet", indent: 1, elements: bullets.map(line) });
    if (codeblock !== undefined)
      elements.push({ type: "rich_text_preformatted", elements: [{ type: "text", text: codeblock }] });
    if (bullets.length > 0 || codeblock !== undefined) open = undefined;
  }
  return elements;
}

function cell(spans: Spans): string {
  return mrkdwnText(spans, utcText);
}

function partBlocks(part: Part): readonly KnownBlock[] {
  switch (part.kind) {
    case "paragraph":
      return [richText([line(part.spans)])];
    case "list":
      return [richText(listElements(part.items, part.ordered))];
    case "table":
      // Modals do not accept the new table block. Fields in two columns work in messages and modals.
      return fields([...part.header.map((spans) => bold(cell(spans))), ...part.rows.flat().map(cell)]);
  }
}

/** Tips are optional, so they are quoted below the steps. */
function tipBlocks({ tips }: Topic): readonly KnownBlock[] {
  return tips.length === 0
    ? []
    : [
        richText(
          tips.map((tip) => ({
            type: "rich_text_quote",
            elements: [{ type: "text", text: "Tip: ", style: { bold: true } }, ...inlines(tip)],
          })),
        ),
      ];
}
