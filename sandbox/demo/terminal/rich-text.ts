import { asObjects, asString, isObject, type JsonObject } from "../../slack/json.ts";
import { slackDateText } from "./dates.ts";
import type { Lookup } from "./mrkdwn.ts";
import { span, type Line, type Look, type Span } from "./span.ts";
import { printable } from "./width.ts";
import { hanging, indented, wrap } from "./wrap.ts";

/** Draws a rich_text block with wrapped lines. */
export function richTextLines(block: JsonObject, width: number, lookup: Lookup): readonly Line[] {
  return asObjects(block["elements"]).flatMap((element) => elementLines(element, width, lookup));
}

const LOOKS: readonly (readonly [string, Look])[] = [
  ["bold", "bold"],
  ["italic", "italic"],
  ["strike", "strike"],
  ["code", "code"],
];

const BULLETS = ["•", "◦", "▪"] as const;

const NARROWEST = 20;

function textField(element: JsonObject, key: string): string {
  return printable(asString(element[key]) ?? "");
}

function looksOf(element: JsonObject): readonly Look[] {
  const style = isObject(element["style"]) ? element["style"] : {};
  return LOOKS.filter(([name]) => style[name] === true).map(([, look]) => look);
}

/** One element of a rich_text_section (rich text block, docs.slack.dev, read 2026-11). */
function inlineSpan(element: JsonObject, { userName, channelName, now }: Lookup): Span {
  const looks = looksOf(element);
  switch (element["type"]) {
    case "text":
      return span(textField(element, "text"), ...looks);
    case "link":
      return span(textField(element, "text") || textField(element, "url"), ...looks, "underline");
    case "user": {
      const id = textField(element, "user_id");
      return span(`@${userName(id) ?? id}`, "mention");
    }
    case "channel": {
      const id = textField(element, "channel_id");
      return span(`#${channelName(id) ?? id}`, "mention");
    }
    case "broadcast":
      return span(`@${textField(element, "range")}`, "mention");
    case "emoji":
      return span(`:${textField(element, "name")}:`);
    case "date":
      return span(
        slackDateText(Number(element["timestamp"]), textField(element, "format"), textField(element, "fallback"), now),
        ...looks,
      );
    default:
      return span(`[${String(element["type"])}]`, "quiet");
  }
}

/** The spans of an element list, split into lines where a text has line breaks. */
function inlineLines(elements: unknown, lookup: Lookup): readonly Line[] {
  const lines: Span[][] = [[]];
  for (const { text, looks } of asObjects(elements).map((element) => inlineSpan(element, lookup)))
    for (const [index, piece] of text.split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (piece !== "") lines.at(-1)?.push({ text: piece, looks });
    }
  return lines;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function listLines(list: JsonObject, width: number, lookup: Lookup): readonly Line[] {
  const indent = numberOf(list["indent"]);
  const offset = numberOf(list["offset"]);
  const bullet = BULLETS[indent] ?? BULLETS[0];
  return asObjects(list["elements"]).flatMap((item, index) => {
    const lead = list["style"] === "ordered" ? `${offset + index + 1}. ` : `${bullet} `;
    const room = Math.max(NARROWEST, width - lead.length - indent * 3);
    const lines = inlineLines(item["elements"], lookup).flatMap((line) => wrap(line, room));
    return indented(indent * 3, hanging([span(lead)], lines));
  });
}

function elementLines(element: JsonObject, width: number, lookup: Lookup): readonly Line[] {
  switch (element["type"]) {
    case "rich_text_section":
      return inlineLines(element["elements"], lookup).flatMap((line) => wrap(line, width));
    case "rich_text_list":
      return listLines(element, width, lookup);
    case "rich_text_preformatted":
      return indented(
        3,
        inlineLines(element["elements"], lookup).map((line) => line.map(({ text }) => span(text, "code"))),
      );
    case "rich_text_quote":
      return inlineLines(element["elements"], lookup)
        .flatMap((line) => wrap(line, width - 2))
        .map((line) => [span("▎ ", "quiet"), ...line]);
    default:
      return [[span(`[${String(element["type"])}]`, "quiet")]];
  }
}
