import type { Alert, Word } from "../../watch/alert.ts";
import { replyText as replySpans } from "../../words/reply-text.ts";
import { callsTo } from "../mention.ts";
import { inSlack } from "../spans.ts";

/**
 * What an alert's thread hears; with `notice` it notifies the owner and on-call.
 * @param link to the message, where Slack's address is known
 */
export function replyText(alert: Alert, word: Word, timezone: string, link?: string): string {
  const calls = word.notice ? callsTo([alert.card.owner, alert.card.oncall]) : "";
  return `${calls}${inSlack(timezone)(replySpans(alert, word, link))}`;
}
