import type { Span, Spans } from "../guide/rich-text.ts";
import { utcText } from "../token/moment.ts";
import { plainText, type Writing } from "../words/plain-text.ts";
import { mentionOf } from "./mention.ts";
import { bold, code, escapeMrkdwn, literal } from "./mrkdwn.ts";
import { type ShowTime, slackDate } from "./moment.ts";
import { COMMAND } from "./parse-command.ts";

/**
 * Spans as mrkdwn: the one place where the product's sentences become Slack's markup. Every text in them is escaped.
 * @param show `slackDate` for blocks that people look at, `plainTime` for texts that are read aloud
 */
export function mrkdwnText(spans: Spans, show: ShowTime): string {
  return spans.map((span) => mrkdwnSpan(span, show)).join("");
}

/** The same for a message that people look at: dates show in each viewer's time zone. */
export function inSlack(timezone: string): (spans: Spans) => string {
  return (spans) => mrkdwnText(spans, (at) => slackDate(at, timezone));
}

/** The same for spans without a date. */
export function slackText(spans: Spans): string {
  return mrkdwnText(spans, utcText);
}

/** Spans without their looks, not escaped: for Slack's headers, labels, options and errors of fields. */
export function slackPlainText(spans: Spans, date: ShowTime = utcText): string {
  return plainText(spans, { ...SLACK_WRITING, date });
}

/** A headline as plain text. It may name foreign things, so nothing in it looks like a mention or a link. */
export function slackHeadline(spans: Spans): string {
  return slackPlainText(spans, String).replaceAll("<", "‹").replaceAll(">", "›");
}

/** A command as people type it in Slack. */
export function slackCommand(words: string): string {
  return `${COMMAND} ${words}`;
}

/** Plain texts in Slack. Where a time zone is known, the date is written in it. */
export const SLACK_WRITING: Writing = { command: slackCommand, date: utcText };

/** Slack's IDs are shorter; anything longer is foreign. */
const LONGEST_ID = 40;

function mrkdwnSpan(span: Span, show: ShowTime): string {
  switch (span.kind) {
    case "text":
      return escapeMrkdwn(span.text);
    case "bold":
    case "label":
      return bold(escapeMrkdwn(span.text));
    case "code":
      return code(span.text);
    case "command":
      return code(slackCommand(span.text));
    case "link":
      return `<${span.url}|${escapeMrkdwn(span.text)}>`;
    case "date":
      return show(span.at);
    case "person":
      return mentionOf(span.id) ?? literal(span.id, LONGEST_ID);
    case "channel":
      return /^[CDG]\w{1,39}$/.test(span.id) ? `<#${span.id}>` : literal(span.id, LONGEST_ID);
  }
}
