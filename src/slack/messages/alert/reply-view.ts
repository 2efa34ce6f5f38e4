import type { Alert, Reply } from "../../../alert/alert.ts";
import { replyText as replySpans } from "../../../words/reply-text.ts";
import { callsTo } from "../../kit/mention.ts";
import { inSlack } from "../../kit/spans.ts";

/**
 * A reply in an alert's thread. With `notice` it notifies the owner and on-call.
 * @param link to the message, once Slack's address is known
 * @param renews true when renewals from Slack are on
 */
export function replyText(alert: Alert, word: Reply, timezone: string, link?: string, renews = false): string {
  const calls = word.notice ? callsTo([alert.card.owner, alert.card.oncall]) : "";
  return `${calls}${inSlack(timezone)(replySpans(alert, word, link, renews))}`;
}
