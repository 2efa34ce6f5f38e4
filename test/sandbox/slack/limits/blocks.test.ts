import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../sandbox/slack/json.ts";
import { checkBlocks } from "../../../../sandbox/slack/limits/blocks.ts";
import type { Surface } from "../../../../sandbox/slack/limits/check.ts";

const plain = (length: number): JsonObject => ({ type: "plain_text", text: "x".repeat(length) });
const mrkdwn = (length: number): JsonObject => ({ type: "mrkdwn", text: "x".repeat(length) });
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const divider = { type: "divider" };
const button = (more: JsonObject = {}): JsonObject => ({ type: "button", text: plain(4), ...more });
const actions = (...elements: JsonObject[]): JsonObject => ({ type: "actions", elements });
const input = (element: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "input",
  label: plain(5),
  element,
  ...more,
});
const option = (index: number): JsonObject => ({ text: plain(3), value: `v${index}` });
const select = (more: JsonObject): JsonObject => ({ type: "static_select", options: many(2, option), ...more });
const confirm = (more: JsonObject): JsonObject => ({
  confirm: { title: plain(3), text: plain(3), confirm: plain(3), deny: plain(3), ...more },
});
const rich = (...elements: JsonObject[]): JsonObject => ({ type: "rich_text", elements });
const richList = (more: JsonObject): JsonObject => ({
  type: "rich_text_list",
  style: "ordered",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "one" }] }],
  ...more,
});

function pointers(blocks: unknown, surface: Surface): string[] {
  const found: string[] = [];
  checkBlocks({ surface, problem: (pointer) => found.push(pointer) }, blocks, "/blocks");
  return found;
}

describe("blocks that Slack accepts", () => {
  it.each<[string, Surface, JsonObject[]]>([
    ["50 blocks in a message", "message", many(50, () => divider)],
    ["100 blocks in a modal", "modal", many(100, () => divider)],
    ["a section of 3000 characters", "message", [{ type: "section", text: mrkdwn(3000) }]],
    [
      "3000 emoji, each one character",
      "message",
      [{ type: "section", text: { type: "mrkdwn", text: "🔑".repeat(3000) } }],
    ],
    ["ten fields of 2000", "message", [{ type: "section", fields: many(10, () => mrkdwn(2000)) }]],
    ["a header of 150", "home", [{ type: "header", text: plain(150) }]],
    ["25 buttons", "message", [actions(...many(25, () => button()))]],
    ["a button at its limits", "message", [actions(button({ text: plain(75), value: "v".repeat(2000) }))]],
    ["a button to a page", "message", [actions(button({ url: "https://a.example/b?c=d#e" }))]],
    ["a button into Slack", "modal", [actions(button({ url: "slack://open?team=T1" }))]],
    ["the same value in two menus", "modal", [actions(select({}), select({}))]],
    ["an alert in a modal", "modal", [{ type: "alert", text: plain(200), level: "error" }]],
    ["a table in a message", "message", [{ type: "table", rows: [[{ type: "raw_text", text: "a" }]] }]],
    ["an ordered list", "modal", [rich(richList({ indent: 8 }))]],
    [
      "a bold link",
      "message",
      [
        rich({
          type: "rich_text_section",
          elements: [{ type: "link", url: "https://a.example", style: { bold: true } }],
        }),
      ],
    ],
    ["100 options", "modal", [input(select({ options: many(100, option) }))]],
    ["an initial option that is offered", "modal", [input(select({ initial_option: option(1) }))]],
    [
      "a confirm dialog at its limits",
      "message",
      [actions(button(confirm({ title: plain(100), text: mrkdwn(300), deny: plain(30) })))],
    ],
    [
      "a text input at its limits",
      "modal",
      [
        input(
          { type: "plain_text_input", placeholder: plain(150), max_length: 3000 },
          { label: plain(2000), hint: plain(2000) },
        ),
      ],
    ],
  ])("%s", (_name, surface, blocks) => {
    expect(pointers(blocks, surface)).toEqual([]);
  });
});

describe("blocks that Slack refuses", () => {
  it.each<[string, Surface, unknown, string]>([
    ["51 blocks in a message", "message", many(51, () => divider), "/blocks"],
    ["101 blocks in a modal", "modal", many(101, () => divider), "/blocks"],
    ["no array", "message", "text", "/blocks"],
    ["an unknown block", "message", [{ type: "sectoin" }], "/blocks/0/type"],
    ["a property that is not there", "message", [{ ...divider, txet: "x" }], "/blocks/0"],
    [
      "two blocks with one id",
      "message",
      [
        { ...divider, block_id: "a" },
        { ...divider, block_id: "a" },
      ],
      "/blocks/1/block_id",
    ],
    ["a block_id of 256", "message", [{ ...divider, block_id: "a".repeat(256) }], "/blocks/0/block_id"],
    ["a section of 3001", "message", [{ type: "section", text: mrkdwn(3001) }], "/blocks/0/text/text"],
    ["an empty section", "message", [{ type: "section", text: mrkdwn(0) }], "/blocks/0/text/text"],
    ["a section with nothing", "message", [{ type: "section" }], "/blocks/0"],
    ["eleven fields", "message", [{ type: "section", fields: many(11, () => plain(1)) }], "/blocks/0/fields"],
    ["a field of 2001", "message", [{ type: "section", fields: [plain(2001)] }], "/blocks/0/fields/0/text"],
    [
      "a text object of an unknown type",
      "message",
      [{ type: "section", text: { type: "markdown", text: "x" } }],
      "/blocks/0/text/type",
    ],
    ["a header of 151", "message", [{ type: "header", text: plain(151) }], "/blocks/0/text/text"],
    ["a header in mrkdwn", "message", [{ type: "header", text: mrkdwn(5) }], "/blocks/0/text/type"],
    [
      "eleven context elements",
      "message",
      [{ type: "context", elements: many(11, () => plain(1)) }],
      "/blocks/0/elements",
    ],
    ["a button in a context", "message", [{ type: "context", elements: [button()] }], "/blocks/0/elements/0/type"],
    ["26 buttons", "message", [actions(...many(26, () => button()))], "/blocks/0/elements"],
    ["no buttons", "message", [actions()], "/blocks/0/elements"],
    ["a button text of 76", "message", [actions(button({ text: plain(76) }))], "/blocks/0/elements/0/text/text"],
    ["a button text in mrkdwn", "message", [actions(button({ text: mrkdwn(5) }))], "/blocks/0/elements/0/text/type"],
    ["a button value of 2001", "message", [actions(button({ value: "v".repeat(2001) }))], "/blocks/0/elements/0/value"],
    ["an unknown button style", "message", [actions(button({ style: "default" }))], "/blocks/0/elements/0/style"],
    [
      "an action_id of 256",
      "message",
      [actions(button({ action_id: "a".repeat(256) }))],
      "/blocks/0/elements/0/action_id",
    ],
    ["one action_id twice", "message", [actions(button({ action_id: "a" }), button({ action_id: "a" }))], "/blocks/0"],
    ["an unknown element", "message", [actions({ type: "buton" })], "/blocks/0/elements/0/type"],
    [
      "a confirm title of 101",
      "message",
      [actions(button(confirm({ title: plain(101) })))],
      "/blocks/0/elements/0/confirm/title/text",
    ],
    [
      "a confirm text of 301",
      "message",
      [actions(button(confirm({ text: plain(301) })))],
      "/blocks/0/elements/0/confirm/text/text",
    ],
    [
      "a confirm button of 31",
      "message",
      [actions(button(confirm({ confirm: plain(31) })))],
      "/blocks/0/elements/0/confirm/confirm/text",
    ],
    ["a button to no address", "message", [actions(button({ url: "a.example/b" }))], "/blocks/0/elements/0/url"],
    ["a button to a host alone", "message", [actions(button({ url: "https://" }))], "/blocks/0/elements/0/url"],
    ["a button with a space", "modal", [actions(button({ url: "https://a.example/b c" }))], "/blocks/0/elements/0/url"],
    ["a button that runs", "message", [actions(button({ url: "javascript:alert(1)" }))], "/blocks/0/elements/0/url"],
    [
      "two options of one value",
      "modal",
      [input(select({ options: [option(1), option(2), option(1)] }))],
      "/blocks/0/element/options/2/value",
    ],
    ["101 options", "modal", [input(select({ options: many(101, option) }))], "/blocks/0/element/options"],
    ["no options", "modal", [input(select({ options: [] }))], "/blocks/0/element/options"],
    [
      "an option text of 76",
      "modal",
      [input(select({ options: [{ text: plain(76), value: "a" }] }))],
      "/blocks/0/element/options/0/text/text",
    ],
    [
      "an option value of 76",
      "modal",
      [input(select({ options: [{ text: plain(1), value: "v".repeat(76) }] }))],
      "/blocks/0/element/options/0/value",
    ],
    [
      "options and groups",
      "modal",
      [input(select({ option_groups: [{ label: plain(1), options: [option(1)] }] }))],
      "/blocks/0/element",
    ],
    [
      "an initial option that is not offered",
      "modal",
      [input(select({ initial_option: option(9) }))],
      "/blocks/0/element/initial_option",
    ],
    [
      "eleven radio buttons",
      "modal",
      [input({ type: "radio_buttons", options: many(11, option) })],
      "/blocks/0/element/options",
    ],
    [
      "six overflow options",
      "message",
      [actions({ type: "overflow", options: many(6, option) })],
      "/blocks/0/elements/0/options",
    ],
    [
      "a text input outside an input block",
      "modal",
      [actions({ type: "plain_text_input" })],
      "/blocks/0/elements/0/type",
    ],
    ["a label of 2001", "modal", [input({ type: "plain_text_input" }, { label: plain(2001) })], "/blocks/0/label/text"],
    [
      "a placeholder of 151",
      "modal",
      [input({ type: "plain_text_input", placeholder: plain(151) })],
      "/blocks/0/element/placeholder/text",
    ],
    [
      "a max_length of 3001",
      "modal",
      [input({ type: "plain_text_input", max_length: 3001 })],
      "/blocks/0/element/max_length",
    ],
    ["an image without words", "message", [{ type: "image", image_url: "https://a.example/a.png" }], "/blocks/0"],
    ["an alert in a message", "message", [{ type: "alert", text: plain(5) }], "/blocks/0/type"],
    ["an alert of 201", "modal", [{ type: "alert", text: plain(201) }], "/blocks/0/text/text"],
    ["a table in a modal", "modal", [{ type: "table", rows: [[{ type: "raw_text", text: "a" }]] }], "/blocks/0/type"],
    [
      "a table of 101 rows",
      "message",
      [{ type: "table", rows: many(101, () => [{ type: "raw_text", text: "a" }]) }],
      "/blocks/0/rows",
    ],
    [
      "21 cells in a row",
      "message",
      [{ type: "table", rows: [many(21, () => ({ type: "raw_text", text: "a" }))] }],
      "/blocks/0/rows/0",
    ],
    ["a markdown block in a modal", "modal", [{ type: "markdown", text: "x" }], "/blocks/0/type"],
    ["a plan whose title is a text object", "message", [{ type: "plan", title: plain(5) }], "/blocks/0/title"],
    ["rich text with an unknown part", "message", [rich({ type: "rich_text_table" })], "/blocks/0/elements/0/type"],
    ["a list without a style", "message", [rich(richList({ style: undefined }))], "/blocks/0/elements/0"],
    ["a list indented by 9", "message", [rich(richList({ indent: 9 }))], "/blocks/0/elements/0/indent"],
    [
      "a list of plain texts",
      "message",
      [rich(richList({ elements: [{ type: "text", text: "x" }] }))],
      "/blocks/0/elements/0/elements/0/type",
    ],
    [
      "an empty rich text",
      "message",
      [rich({ type: "rich_text_section", elements: [{ type: "text", text: "" }] })],
      "/blocks/0/elements/0/elements/0/text",
    ],
    [
      "an emoji in preformatted text",
      "message",
      [rich({ type: "rich_text_preformatted", elements: [{ type: "emoji", name: "x" }] })],
      "/blocks/0/elements/0/elements/0/type",
    ],
  ])("%s", (_name, surface, blocks, pointer) => {
    expect(pointers(blocks, surface)).toContain(pointer);
  });
});
