import type { ThreadReplies } from "../../../outbox/group-reply.ts";
import { isUrgent } from "../../../words/alert-facts.ts";
import { groupReplyText as groupReplySpans } from "../../../words/group-reply-text.ts";
import { callsTo } from "../../kit/mention.ts";
import { inSlack } from "../../kit/spans.ts";

/**
 * One reply with all news for the thread of a message about many alerts. Mentions come first.
 * @param link to the message, once Slack's address is known
 * @param renews true when renewals from Slack are on
 */
export function groupReplyText(said: ThreadReplies, timezone: string, link?: string, renews = false): string {
  const lines = groupReplySpans(said, link, renews).map(inSlack(timezone));
  return `${callsTo(called(said))}${lines.join("\n")}`;
}

/** Owners and on-call of new critical alerts in this group, and of alerts whose reply is urgent. */
function called({ replies, joined }: ThreadReplies): readonly (string | undefined)[] {
  const alerts = [...joined.filter(isUrgent), ...replies.filter(({ reply }) => reply.notice).map(({ alert }) => alert)];
  return alerts.flatMap(({ card }) => [card.owner, card.oncall]);
}
