import { expect, it } from "vitest";
import { richTextLines } from "../../../../sandbox/demo/terminal/rich-text.ts";
import type { JsonObject } from "../../../../sandbox/slack/json.ts";
import { looks, lookup, rows } from "./rows.ts";

const text = (words: string, style?: JsonObject): JsonObject => ({
  type: "text",
  text: words,
  ...(style === undefined ? {} : { style }),
});
const section = (...elements: readonly JsonObject[]): JsonObject => ({ type: "rich_text_section", elements });
const list = (style: string, items: readonly string[], more: JsonObject = {}): JsonObject => ({
  type: "rich_text_list",
  style,
  elements: items.map((item) => section(text(item))),
  ...more,
});

const draw = (elements: readonly JsonObject[], width = 30): readonly string[] =>
  rows(richTextLines({ type: "rich_text", elements }, width, lookup));

it.each<[string, JsonObject, readonly string[]]>([
  ["a paragraph", section(text("Click "), text("Add", { bold: true }), text(".")), ["Click Add."]],
  ["line breaks", section(text("one\ntwo\n")), ["one", "two", ""]],
  ["literal signs", section(text("*a* <b>")), ["*a* <b>"]],
  ["an ordered list", list("ordered", ["Open it.", "Save."]), ["1. Open it.", "2. Save."]],
  ["a list that goes on", list("ordered", ["Then this."], { offset: 2 }), ["3. Then this."]],
  ["points below a point", list("bullet", ["first", "second"], { indent: 1 }), ["   ◦ first", "   ◦ second"]],
  [
    "a long item",
    list("bullet", ["an item that is longer than one row"]),
    ["• an item that is longer than", "  one row"],
  ],
  ["code", { type: "rich_text_preformatted", elements: [text("A=b\nC=d")] }, ["   A=b", "   C=d"]],
  [
    "a quote",
    { type: "rich_text_quote", elements: [text("Added: this is a longer remark.")] },
    ["▎ Added: this is a longer", "▎ remark."],
  ],
  ["an unknown element", { type: "rich_text_video" }, ["[rich_text_video]"]],
])("draws %s", (_what, element, expected) => {
  expect(draw([element])).toEqual(expected);
});

it("shows names for ids, the text of links, and dates in UTC", () => {
  const elements = [
    { type: "user", user_id: "U1" },
    { type: "channel", channel_id: "C1" },
    { type: "broadcast", range: "here" },
    { type: "link", url: "https://example.org", text: "here" },
    { type: "link", url: "https://example.org" },
    { type: "emoji", name: "tada" },
    { type: "date", timestamp: 1_795_334_400, format: "{date_short_pretty}", fallback: "?" },
    { type: "color", value: "#fff" },
    text("c", { code: true }),
  ];
  const [line] = richTextLines({ type: "rich_text", elements: [section(...elements)] }, 200, lookup);
  expect(looks(line)).toBe(
    "mention:@robin|mention:#wa-alerts|mention:@here|underline:here|underline:https://example.org|:tada:|today|quiet:[color]|code:c",
  );
});
