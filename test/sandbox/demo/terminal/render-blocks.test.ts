import { describe, expect, it } from "vitest";
import { blocksLines } from "../../../../sandbox/demo/terminal/render-blocks.ts";
import type { JsonObject } from "../../../../sandbox/slack/json.ts";
import { looks, lookup, rows } from "./rows.ts";

const plain = (text: string): JsonObject => ({ type: "plain_text", text });
const mrkdwn = (text: string): JsonObject => ({ type: "mrkdwn", text });
const section = (text: string): JsonObject => ({ type: "section", text: mrkdwn(text) });
const button = (text: string, style?: string): JsonObject => ({
  type: "button",
  action_id: text,
  text: plain(text),
  ...(style === undefined ? {} : { style }),
});

const draw = (blocks: readonly JsonObject[], width = 40): readonly string[] =>
  rows(blocksLines(blocks, { width, lookup }));

describe("blocks in a terminal", () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ["header", { type: "header", text: plain("Healthy *✅*") }, ["Healthy *✅*"]],
    ["section", section("*What* to do"), ["What to do"]],
    [
      "section with a button",
      { ...section("Do it."), accessory: button("Show me how", "primary") },
      ["Do it.", "[ Show me how ]"],
    ],
    [
      "fields",
      { type: "section", fields: [mrkdwn("*Ends*\nnever"), mrkdwn("*Type*\nUSER"), mrkdwn("*App*\nShop")] },
      ["Ends", "never", "Type", "USER", "App", "Shop"],
    ],
    ["context", { type: "context", elements: [mrkdwn("small"), plain("print")] }, ["small", "print"]],
    ["divider", { type: "divider" }, ["─".repeat(40)]],
    ["unknown", { type: "carousel" }, ["[carousel]"]],
    [
      "actions",
      {
        type: "actions",
        elements: [
          button("Previous"),
          button("Next"),
          button("Check a token"),
          { type: "static_select", placeholder: plain("Go to") },
          { type: "overflow" },
        ],
      },
      ["[ Previous ]  [ Next ]", "[ Check a token ]  [ Go to ▾ ]  [ ⋯ ]"],
    ],
  ])("draws %s", (_kind, block, expected) => {
    expect(draw([block])).toEqual(expected);
  });

  it("puts fields next to each other when there is space", () => {
    const fields = ["*Ends*\nnever", "*Issued*\ntoday", "*App*\nShop"].map(mrkdwn);
    expect(draw([{ type: "section", fields }], 60)).toEqual([
      "Ends                           Issued",
      "never                          today",
      "App",
      "Shop",
    ]);
  });

  it("leaves space between blocks, but not below a header or between context blocks", () => {
    const small = { type: "context", elements: [plain("small")] };
    const blocks = [
      { type: "header", text: plain("T") },
      section("a"),
      section("b"),
      { type: "divider" },
      small,
      small,
    ];
    expect(draw(blocks, 3)).toEqual(["T", "a", "", "b", "───", "sma", "ll", "sma", "ll"]);
  });

  it("leaves space only before a header when `tight` is set", () => {
    const blocks = [section("a"), section("b"), { type: "header", text: plain("T") }, section("c"), section("d")];
    expect(rows(blocksLines(blocks, { width: 40, lookup, tight: true }))).toEqual(["a", "b", "", "T", "c", "d"]);
  });

  it("draws a form field with its value, hint and error", () => {
    const input = (element: JsonObject): JsonObject => ({
      type: "input",
      block_id: "b",
      optional: true,
      label: plain("Token"),
      hint: plain("Without quotes."),
      element: { action_id: "a", ...element },
    });
    const typed = (element: JsonObject, value: JsonObject): readonly string[] =>
      rows(
        blocksLines([input(element)], { width: 40, lookup, values: { b: { a: value } }, errors: { b: "Too short." } }),
      );
    const field = { type: "plain_text_input" };
    expect(typed(field, { value: "short" })).toEqual([
      "Token (optional)",
      "[ short ]",
      "! Too short.",
      "Without quotes.",
    ]);
    const secret = "x".repeat(180);
    expect(typed(field, { value: secret })[1]).toBe("[ •••••••• 180 characters typed ]");
    const select = { type: "static_select", placeholder: plain("Choose one") };
    expect(typed(select, { selected_option: null })[1]).toBe("[ Choose one ▾ ]");
    expect(typed(select, { selected_option: { text: plain("orders-prod") } })[1]).toBe("[ orders-prod ▾ ]");
    const many = { type: "multi_static_select", initial_options: [{ text: plain("a") }, { text: plain("b") }] };
    expect(typed(many, {})[1]).toBe("[ a, b ▾ ]");
  });

  it("marks headers, context blocks and the style of buttons", () => {
    const lines = blocksLines(
      [
        { type: "header", text: plain("T") },
        { type: "context", elements: [mrkdwn("*s*")] },
        { type: "actions", elements: [button("Go", "primary"), button("No", "danger")] },
      ],
      { width: 40, lookup },
    );
    expect(lines.map(looks)).toEqual(["title:T", "bold:quiet:s", "", "bold:good:[ Go ]|  |bold:bad:[ No ]"]);
  });
});
