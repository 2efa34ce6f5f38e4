import { describe, expect, it } from "vitest";
import { findLeaks, type OtherSecret } from "../../../src/slack/leak/find-leaks.ts";
import { reveal } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";

const token = fakeToken("leaked");
const other = fakeToken("other");

/** What the bot would check, by the first way to read each token. */
const checkable = (message: unknown): readonly string[] =>
  findLeaks(message).candidates.map(({ forms: [first] }) => reveal(first));

const richText = (...elements: readonly unknown[]) => ({
  blocks: [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }],
});

describe("a token in a message", () => {
  it.each<[string, unknown]>([
    ["in the text", { text: `use ${token} please` }],
    ["alone", { text: token }],
    ["in backticks", { text: `\`${token}\`` }],
    ["in a .env line", { text: `WHATSAPP_TOKEN="${token}"` }],
    ["behind Bearer", { text: `-H 'Authorization: Bearer ${token}'` }],
    ["in a link", { text: `<https://graph.facebook.com/v26.0/me?access_token=${token}&amp;fields=id|graph>` }],
    ["in Slack's italics", { text: `_${token}_` }],
    ["in Slack's bold and a sentence", { text: `*${token}*, and then` }],
    ["before a dash and a word", { text: `${token}-prod` }],
    ["in JSON", { text: `{"access_token":"${token}","token_type":"bearer"}` }],
    [
      "in a section of a bot",
      { bot_id: "B1", text: "", blocks: [{ type: "section", text: { type: "mrkdwn", text: token } }] },
    ],
    ["in rich text", richText({ type: "text", text: "see " }, { type: "text", text: token, style: { code: true } })],
    [
      "in rich text that a style splits",
      richText(
        { type: "text", text: token.slice(0, 90) },
        { type: "text", text: token.slice(90), style: { bold: true } },
      ),
    ],
    ["in a link of rich text", richText({ type: "link", url: `https://example.com/?access_token=${token}` })],
    ["in an attachment", { text: "", attachments: [{ fallback: "x", fields: [{ title: "key", value: token }] }] }],
    ["in the blocks of an attachment", { attachments: [{ blocks: [{ type: "section", text: { text: token } }] }] }],
    ["in the name of a file", { files: [{ name: `${token}.txt`, title: "upload" }] }],
    ["in the preview of a snippet", { files: [{ preview: `TOKEN=${token}\n` }] }],
    ["in a quoted message", { attachments: [{ message_blocks: [{ message: { text: token } }] }] }],
    ["in several fields", { text: token, ...richText({ type: "text", text: token }), attachments: [{ text: token }] }],
    ["cut in a preview, whole in the text", { text: token, attachments: [{ fallback: `${token.slice(0, 120)}…` }] }],
    ["in 40 kB of text", { text: `${"lorem ipsum ".repeat(3_400)}${token}` }],
  ])("is found %s", (_where, message) => {
    expect(checkable(message)).toEqual([token]);
  });

  it("is found beside another one", () => {
    expect(checkable({ text: `old ${token}\nnew ${other}` })).toEqual([token, other]);
  });

  it("has a second way to read it when a dash follows", () => {
    const [candidate] = findLeaks({ text: `${token}-prod` }).candidates;
    expect(candidate?.forms.map(reveal)).toEqual([token, `${token}-prod`]);
  });

  it("of Meta is told from other long texts, which Meta must not see", () => {
    const foreign = fakeToken("foreign").replace(/^EAA/, "ZZZ");
    expect(findLeaks({ text: foreign }).candidates).toMatchObject([{ ofMeta: false }]);
    expect(findLeaks({ text: token }).candidates).toMatchObject([{ ofMeta: true }]);
  });
});

it("reads a message that consists of tokens within a moment", () => {
  const many = Array.from({ length: 20_000 }, (_, at) => fakeToken(`many-${at}`, 60)).join(" ");
  expect(findLeaks({ text: many }).candidates.length).toBeLessThanOrEqual(200);
});

describe("another secret in a message", () => {
  it.each<[OtherSecret, string]>([
    ["app_token", `100000000000042|${"aB3".repeat(9)}`],
    ["app_token", `100000000000042%7C${"aB3".repeat(9)}`],
    ["slack", ["xoxb", "1111", "x".repeat(24)].join("-")],
    ["slack", ["xapp", "1", "A1", "x".repeat(40)].join("-")],
    ["instagram", fakeToken("ig").replace(/^EAA/, "IGAA")],
    ["threads", fakeToken("th").replace(/^EAA/, "THAA")],
    ["base64", Buffer.from(fakeToken("base64")).toString("base64").replace(/=+$/, "")],
    ["part", fakeToken("part", 40)],
  ])("is %s", (kind, text) => {
    expect(findLeaks({ text: `found ${text} here` })).toEqual({ candidates: [], others: [kind] });
  });
});

describe("a message without a token", () => {
  const deep = Array.from({ length: 2_000 }).reduce<unknown>((inner) => ({ inner }), token);

  it.each<[unknown]>([
    [undefined],
    [null],
    [{}],
    [[]],
    ["text"],
    [42],
    [{ text: "" }],
    [{ text: `masked ${token.slice(0, 10)}${"•".repeat(30)}${token.slice(-4)}` }],
    [{ text: `masked ${token.slice(0, 10)}...${token.slice(-4)}` }],
    [{ text: "EAA is how tokens begin" }],
    [{ text: "x".repeat(40_000).replaceAll("xx", "x ") }],
    [{ text: "https://example.com/a-path/with-words" }],
    [{ files: [{ id: "F012345678", url_private: "https://files.slack.com/files-pri/T012345678-F012345678/a.txt" }] }],
    [deep],
  ])("gives nothing (%#)", (message) => {
    expect(findLeaks(message)).toEqual({ candidates: [], others: [] });
  });
});
