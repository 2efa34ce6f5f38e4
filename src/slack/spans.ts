import type { Span, Spans } from "../guide/rich-text.ts";
import { mentionOf } from "./mention.ts";
import { bold, code, escapeMrkdwn } from "./mrkdwn.ts";
import type { ShowTime } from "./moment.ts";
import { COMMAND } from "./parse-command.ts";

/**
 * Spans as mrkdwn: the one place where the product's sentences become Slack's markup. Every text in them is escaped.
 * @param show `slackDate` for blocks that people look at, `plainTime` for texts that are read aloud
 */
export function mrkdwnText(spans: Spans, show: ShowTime): string {
  return spans.map((span) => mrkdwnSpan(span, show)).join("");
}

/** A command as people type it in Slack. */
export function slackCommand(words: string): string {
  return `${COMMAND} ${words}`;
}

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
      return mentionOf(span.id) ?? escapeMrkdwn(span.id);
    case "channel":
      return /^[CDG]\w{1,39}$/.test(span.id) ? `<#${span.id}>` : escapeMrkdwn(span.id);
  }
}
