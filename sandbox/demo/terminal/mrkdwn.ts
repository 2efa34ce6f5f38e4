import { slackDateText } from "./dates.ts";
import { looking, span, type Line, type Look } from "./span.ts";
import { printable } from "./width.ts";

/** Data that a Slack client needs in addition to the message: names for ids, and the current time. */
export interface Lookup {
  readonly userName: (id: string) => string | undefined;
  readonly channelName: (id: string) => string | undefined;
  readonly now: Date;
}

/** Formats Slack's mrkdwn, line by line and without wrapping. */
export function mrkdwnLines(text: string, lookup: Lookup): readonly Line[] {
  return printable(text)
    .split("\n")
    .map((line) => inline(line, lookup));
}

/** Plain text: every character is literal. */
export function plainLines(text: string): readonly Line[] {
  return printable(text)
    .split("\n")
    .map((line) => (line === "" ? [] : [span(line)]));
}

interface Rule {
  readonly pattern: RegExp;
  readonly show: (match: RegExpExecArray, lookup: Lookup) => Line;
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function marked(sign: string, look: Look): Rule {
  return {
    // A mark inside a word, as in whatsapp_business_messaging, is an ordinary character.
    pattern: new RegExp(`(?<![\\p{L}\\p{N}${sign}])${sign}(\\S|\\S.*?\\S)${sign}(?![\\p{L}\\p{N}${sign}])`, "u"),
    show: (match, lookup) => looking(inline(match[1] ?? "", lookup), look),
  };
}

/** `<…>`: a date, a mention, a channel or a link. */
function special(inner: string, { userName, channelName, now }: Lookup): Line {
  const [body = "", label] = inner.split("|", 2);
  const id = body.slice(1);
  if (body.startsWith("!date^")) {
    const [, seconds = "", format = ""] = body.split("^");
    return [span(slackDateText(Number(seconds), format, unescaped(label ?? ""), now))];
  }
  if (body.startsWith("@")) return [span(`@${userName(id) ?? label ?? id}`, "mention")];
  if (body.startsWith("#")) return [span(`#${channelName(id) ?? label ?? id}`, "mention")];
  if (body.startsWith("!")) return [span(`@${label ?? id}`, "mention")];
  return [span(unescaped(label ?? body), "underline")];
}

const RULES: readonly Rule[] = [
  { pattern: /`([^`]+)`/, show: (match) => [span(unescaped(match[1] ?? ""), "code")] },
  { pattern: /<([^<>]+)>/, show: (match, lookup) => special(match[1] ?? "", lookup) },
  marked("\\*", "bold"),
  marked("_", "italic"),
  marked("~", "strike"),
];

/** Formats one line of mrkdwn: the rule with the first match applies, then the rest is formatted the same way. */
function inline(text: string, lookup: Lookup): Line {
  let first: { readonly match: RegExpExecArray; readonly rule: Rule } | undefined;
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.match.index)) first = { match, rule };
  }
  if (first === undefined) return text === "" ? [] : [span(unescaped(text))];
  const { match, rule } = first;
  return [
    ...(match.index === 0 ? [] : [span(unescaped(text.slice(0, match.index)))]),
    ...rule.show(match, lookup),
    ...inline(text.slice(match.index + match[0].length), lookup),
  ];
}
