// terminal/ draws what Slack would show as rows of text: Block Kit, mrkdwn, messages and modals. Pure: objects in,
// lines out; only paint.ts knows escape codes. It may import the JSON guards of sandbox/slack/ and the types of
// sandbox/page/protocol/, and nothing of src/. To draw another block: add a case in blockLines and a row in
// test/sandbox/demo/terminal/render-blocks.test.ts.
import { asObjects, asString, isObject, type JsonObject } from "../../slack/json.ts";
import { twoColumns } from "./columns.ts";
import { choiceRows, elementSpan, objectText } from "./elements.ts";
import { type Lookup, mrkdwnLines, plainLines } from "./mrkdwn.ts";
import { richTextLines } from "./rich-text.ts";
import { EMPTY, looking, span, type Line } from "./span.ts";
import { wrap } from "./wrap.ts";

export interface BlockOptions {
  readonly width: number;
  readonly lookup: Lookup;
  /** Leaves an empty line only before a header. */
  readonly tight?: boolean;
  /** Current values of a modal's fields: `values[blockId][actionId]`. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  /** Field errors by block id. */
  readonly errors?: Readonly<Record<string, string>>;
}

/** Draws Block Kit as terminal rows that are at most `width` wide. */
export function blocksLines(blocks: readonly JsonObject[], options: BlockOptions): readonly Line[] {
  return blocks.flatMap((block, index) => [
    ...gapBetween(blocks[index - 1], block, options.tight === true),
    ...blockLines(block, options),
  ]);
}

/** The lines of a text object, without wrapping. */
function textLines(value: unknown, lookup: Lookup): readonly Line[] {
  if (!isObject(value)) return [];
  const text = asString(value["text"]) ?? "";
  return value["type"] === "mrkdwn" ? mrkdwnLines(text, lookup) : plainLines(text);
}

function wrapped(lines: readonly Line[], width: number): readonly Line[] {
  return lines.flatMap((line) => wrap(line, width));
}

/** Puts elements in one row, or in more rows when they do not fit. An element is never broken. */
function elementRows(elements: readonly JsonObject[], width: number): readonly Line[] {
  const rows: Line[] = [];
  for (const element of elements.map((one) => elementSpan(one))) {
    const last = rows.at(-1);
    const joined = last === undefined ? undefined : [...last, span("  "), element];
    if (joined !== undefined && wrap(joined, width).length === 1) rows[rows.length - 1] = joined;
    else rows.push([element]);
  }
  return rows;
}

function sectionLines(block: JsonObject, { width, lookup }: BlockOptions): readonly Line[] {
  return [
    ...wrapped(textLines(block["text"], lookup), width),
    ...twoColumns(
      asObjects(block["fields"]).map((field) => textLines(field, lookup)),
      width,
    ),
    ...(isObject(block["accessory"]) ? elementRows([block["accessory"]], width) : []),
  ];
}

function inputLines(block: JsonObject, { width, values, errors }: BlockOptions): readonly Line[] {
  const element = isObject(block["element"]) ? block["element"] : {};
  const blockId = String(block["block_id"]);
  const optional = block["optional"] === true ? [span(" (optional)", "quiet")] : [];
  const error = errors?.[blockId];
  const value = values?.[blockId]?.[String(element["action_id"])];
  return [
    ...wrap([span(objectText(block["label"]), "bold"), ...optional], width),
    ...(choiceRows(element, value)?.flatMap((row) => wrap(row, width)) ?? [[elementSpan(element, value)]]),
    ...(error === undefined ? [] : wrap([span(`! ${error}`, "bad")], width)),
    ...wrapped(plainLines(objectText(block["hint"])), width).map((line) => looking(line, "quiet")),
  ];
}

function blockLines(block: JsonObject, options: BlockOptions): readonly Line[] {
  const { width, lookup } = options;
  switch (block["type"]) {
    case "header":
      return wrapped(textLines(block["text"], lookup), width).map((line) => looking(line, "title"));
    case "section":
      return sectionLines(block, options);
    case "context": {
      const texts = asObjects(block["elements"]).flatMap((element) => textLines(element, lookup));
      return wrapped(texts, width).map((line) => looking(line, "quiet"));
    }
    case "divider":
      return [[span("─".repeat(width), "quiet")]];
    case "actions":
      return elementRows(asObjects(block["elements"]), width);
    case "input":
      return inputLines(block, options);
    case "rich_text":
      return richTextLines(block, width, lookup);
    default:
      // Every block that the bot sends must be visible, even one that this file cannot draw.
      return [[span(`[${String(block["type"])}]`, "quiet")]];
  }
}

function kindOf(block: JsonObject | undefined): unknown {
  return block?.["type"];
}

/** Slack leaves space between blocks, but not below a header or a divider, and not between context blocks. */
function gapBetween(before: JsonObject | undefined, block: JsonObject, tight: boolean): readonly Line[] {
  if (before === undefined || kindOf(before) === "header" || kindOf(before) === "divider") return [];
  if (tight) return kindOf(block) === "header" ? [EMPTY] : [];
  if (kindOf(block) === "divider") return [];
  return kindOf(before) === "context" && kindOf(block) === "context" ? [] : [EMPTY];
}
