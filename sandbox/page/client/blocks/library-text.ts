import { asString, isObject } from "../../../slack/json.ts";
import { libraryLists } from "./library-lists.ts";

/**
 * Converts Slack's mrkdwn for the library. The library also reads Markdown's lists, headings, `[links](…)` and bare
 * URLs, so everything that is not mrkdwn becomes literal (formatting message text, docs.slack.dev, read 2026-11).
 */
export function libraryText(mrkdwn: string): string {
  return (
    inline(mrkdwn)
      // A quotation begins with an escaped `>`, and lines keep their leading spaces.
      .replaceAll(/^&#62; ?/gm, "> ")
      .replaceAll(/^ +/gm, (spaces) => "\u00a0".repeat(spaces.length))
  );
}

/**
 * Returns a copy of blocks with texts and numbered lists converted for the library. Block ids are left out, because the
 * library would use them as ids in the page.
 */
export function libraryBlocks(value: unknown): unknown {
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
}

const ENTITY: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:lt|gt|amp);/g, (entity) => ENTITY[entity] ?? entity);
}

/** Replaces every character that has a meaning in Markdown with a numeric entity. */
function literal(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/**
 * A mark inside a word, as in whatsapp_business_messaging, is an ordinary character, and so is a mark next to a space.
 */
function marked(sign: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}${sign}])${sign}(\\S|\\S.*?\\S)${sign}(?![\\p{L}\\p{N}${sign}])`, "u");
}

interface Rule {
  readonly pattern: RegExp;
  readonly write: (match: RegExpExecArray) => string;
}

function style(sign: string, pattern: string): Rule {
  return {
    pattern: marked(pattern),
    write: (match) => `${sign}${inline(match[1] ?? "")}${sign}`,
  };
}

/** In `<url|label>` only the label is text. */
function special(inner: string): string {
  const bar = inner.indexOf("|");
  const isLink = !/^[@#!]/.test(inner);
  return bar === -1 || !isLink ? `<${inner}>` : `<${inner.slice(0, bar)}|${literal(unescaped(inner.slice(bar + 1)))}>`;
}

/** For example `:tada:`, with or without a skin tone. */
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

/** Applies the rule with the first match, then converts the rest the same way. */
function inline(text: string): string {
  let first: { readonly match: RegExpExecArray; readonly rule: Rule } | undefined;
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.match.index)) first = { match, rule };
  }
  if (first === undefined) return literal(unescaped(text));
  const { match, rule } = first;
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  return `${literal(unescaped(before))}${rule.write(match)}${inline(after)}`;
}

/** Converts plain text for the library, which reads it as Markdown too. Emoji are drawn in both kinds of text. */
function libraryPlainText(text: string): string {
  const match = EMOJI.exec(text);
  if (match === null) return literal(text);
  const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  return `${literal(before)}${match[0]}${libraryPlainText(after)}`;
}
