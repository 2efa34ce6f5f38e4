import { asString, isObject } from "../../../slack/json.ts";
import { libraryLists } from "./library-lists.ts";

const ENTITY: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

const unescaped = (text: string): string => text.replaceAll(/&(?:lt|gt|amp);/g, (entity) => ENTITY[entity] ?? entity);

/** Every sign that Markdown could read as more than itself, as a numeric entity. */
const literal = (text: string): string => text.replaceAll(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A sign inside a word, as in whatsapp_business_messaging, is a letter; one beside a space is a sign. */
const marked = (sign: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}${sign}])${sign}(\\S|\\S.*?\\S)${sign}(?![\\p{L}\\p{N}${sign}])`, "u");

interface Rule {
  readonly pattern: RegExp;
  readonly write: (match: RegExpExecArray) => string;
}

const style = (sign: string, pattern: string): Rule => ({
  pattern: marked(pattern),
  write: (match) => `${sign}${inline(match[1] ?? "")}${sign}`,
});

/** `<url|label>`: only the label is text. */
const special = (inner: string): string => {
  const bar = inner.indexOf("|");
  const isLink = !/^[@#!]/.test(inner);
  return bar === -1 || !isLink ? `<${inner}>` : `<${inner.slice(0, bar)}|${literal(unescaped(inner.slice(bar + 1)))}>`;
};

/** `:tada:`, with a skin tone or without. */
const EMOJI = /:[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:/;

const RULES: readonly Rule[] = [
  { pattern: /```([\s\S]+?)```/, write: (match) => `\`\`\`${unescaped(match[1] ?? "")}\`\`\`` },
  { pattern: /`([^`\n]+)`/, write: (match) => `\`${unescaped(match[1] ?? "")}\`` },
  { pattern: /<([^<>]+)>/, write: (match) => special(match[1] ?? "") },
  { pattern: EMOJI, write: (match) => match[0] },
  style("*", "\\*"),
  style("_", "_"),
  style("~", "~"),
];

/** Whatever begins first is written by its rule, then what follows it. */
const inline = (text: string): string => {
  let first: { readonly match: RegExpExecArray; readonly rule: Rule } | undefined;
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.match.index)) first = { match, rule };
  }
  if (first === undefined) return literal(unescaped(text));
  const { match, rule } = first;
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  return `${literal(unescaped(before))}${rule.write(match)}${inline(after)}`;
};

/**
 * Slack's mrkdwn in the words of the library, whose reader takes lists, headings, `[links](…)` and bare addresses of
 * Markdown too: all that is no mrkdwn becomes literal (formatting message text, docs.slack.dev, read 2026-11).
 */
export const libraryText = (mrkdwn: string): string =>
  inline(mrkdwn)
    // A quotation begins with an escaped sign, and lines keep the spaces they begin with.
    .replaceAll(/^&#62; ?/gm, "> ")
    .replaceAll(/^ +/gm, (spaces) => "\u00a0".repeat(spaces.length));

/** Plain text in the words of the library, which reads that as Markdown as well. Emoji are drawn in both. */
const libraryPlainText = (text: string): string => {
  const match = EMOJI.exec(text);
  if (match === null) return literal(text);
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  return `${literal(before)}${match[0]}${libraryPlainText(after)}`;
};

/** A copy of blocks with every text and numbered list ready for the library. Ids are left out: they would be ids of the page. */
export const libraryBlocks = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(libraryBlocks);
  if (!isObject(value)) return value;
  const text = asString(value["text"]) ?? "";
  if (value["type"] === "mrkdwn") return { type: "mrkdwn", text: libraryText(text) };
  if (value["type"] === "plain_text") return { type: "plain_text", text: libraryPlainText(text) };
  if (value["type"] === "rich_text" && Array.isArray(value["elements"]))
    return { type: "rich_text", elements: libraryLists(value["elements"]).map(libraryBlocks) };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "block_id")
      .map(([key, inner]) => [key, libraryBlocks(inner)]),
  );
};
