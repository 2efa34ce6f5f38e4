import type { Span, Spans } from "../../guide/rich-text.ts";
import { utcText } from "../../token/moment.ts";
import { plainText, type Writing } from "../../words/plain-text.ts";
import { mentionOf } from "./mention.ts";
import { bold, code, escapeMrkdwn, literal } from "./mrkdwn.ts";
import { type ShowTime, slackDate } from "./moment.ts";
import { COMMAND } from "../requests/parse-command.ts";

/**
 * Spans as mrkdwn. Only this function turns the product's sentences into Slack's markup. It escapes every text.
 * @param show `slackDate` for blocks that people see, `plainTime` for screen readers
 */
export function mrkdwnText(spans: Spans, show: ShowTime): string {
  return spans.map((span) => mrkdwnSpan(span, show)).join("");
}

/** Spans as mrkdwn for a visible message: dates show in each viewer's time zone. */
export function inSlack(timezone: string): (spans: Spans) => string {
  return (spans) => mrkdwnText(spans, (at) => slackDate(at, timezone));
}

/** Spans without a date as mrkdwn. */
export function slackText(spans: Spans): string {
  return mrkdwnText(spans, utcText);
}

/** Spans as plain text without formatting or escapes, for Slack's headers, labels, options and field errors. */
export function slackPlainText(spans: Spans, date: ShowTime = utcText): string {
  return plainText(spans, { ...SLACK_WRITING, date });
}

/** A headline as plain text. Names in it may be foreign, so angle brackets are replaced: no mention, no link. */
export function slackHeadline(spans: Spans): string {
  return slackPlainText(spans, String).replaceAll("<", "‹").replaceAll(">", "›");
}

/** A command as people type it in Slack. */
export function slackCommand(words: string): string {
  return `${COMMAND} ${words}`;
}

/** The writing of plain texts in Slack. Where the time zone is known, dates are in that zone. */
export const SLACK_WRITING: Writing = { command: slackCommand, date: utcText };

/** Slack's IDs are shorter. A longer text is not an ID of Slack. */
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
