import { describe, expect, it } from "vitest";
import { libraryBlocks, libraryText } from "../../../sandbox/page/client/blocks/library-text.ts";

/** Decodes numeric entities as a Markdown reader does. */
const read = (text: string): string =>
  text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

describe("mrkdwn for the library", () => {
  it.each([
    ["*bold* and _italic_ and ~gone~", "*bold* and _italic_ and ~gone~"],
    ["`co_d*e` and ```a\nb```", "`co_d*e` and ```a\nb```"],
    ["<@U1> <#C1> <!here> <!date^1^{time}|8:00>", "<@U1> <#C1> <!here> <!date^1^{time}|8:00>"],
    [":tada: :no_such:", ":tada: :no_such:"],
    ["&gt; quoted\nnot", "> quoted\nnot"],
  ])("keeps %j, which means the same in both", (mrkdwn, expected) => {
    expect(libraryText(mrkdwn)).toBe(expected);
  });

  it.each([
    "# no heading",
    "- no list",
    "1. no list",
    "[no](link)",
    "2 * 3 * 4",
    "whatsapp_business_messaging",
    "https://example.com and me@example.com",
    "back\\slash",
    "|no|table|",
    "---",
  ])("makes %j literal, so that nothing in it is Markdown", (mrkdwn) => {
    const text = libraryText(mrkdwn);
    expect(text.replaceAll(/&#\d+;/g, "")).toMatch(/^[\p{L}\p{N}\s]*$/u);
    expect(read(text)).toBe(mrkdwn);
  });

  it.each([
    ["a &lt;b&gt; &amp; c", "a <b> & c"],
    ["&amp;lt;", "&lt;"],
    ["*a &lt; b*", "*a < b*"],
    ["<https://example.com/?a=1&amp;b=2|a [b] &amp; *c*>", "<https://example.com/?a=1&amp;b=2|a [b] & *c*>"],
    ["`a &amp; b`", "`a & b`"],
  ])("%j reads as %j", (mrkdwn, expected) => {
    expect(read(libraryText(mrkdwn))).toBe(expected);
  });

  it("keeps leading spaces of a line", () => {
    expect(libraryText("a\n  b")).toBe("a\n\u00a0\u00a0b");
  });

  it("replaces every mrkdwn and plain text of the blocks, and drops ids and `verbatim`", () => {
    const blocks = [
      { type: "section", block_id: "x", text: { type: "mrkdwn", text: "# a", verbatim: true } },
      { type: "header", text: { type: "plain_text", text: "*a* :tada:" } },
    ];
    expect(libraryBlocks(blocks)).toEqual([
      { type: "section", text: { type: "mrkdwn", text: "&#35; a" } },
      { type: "header", text: { type: "plain_text", text: "&#42;a&#42; :tada:" } },
    ]);
  });
});
