import type { ThreadWords } from "../../watch/group-reply.ts";
import { isUrgent } from "../../words/alert-facts.ts";
import { groupReplyText as groupReplySpans } from "../../words/group-reply-text.ts";
import { callsTo } from "../mention.ts";
import { inSlack } from "../spans.ts";

/**
 * All that the thread of a message about many alerts hears at once, with the people whom it notifies in front.
 * @param link to the message, where Slack's address is known
 */
export function groupReplyText(said: ThreadWords, timezone: string, link?: string): string {
  const lines = groupReplySpans(said, link).map(inSlack(timezone));
  return `${callsTo(called(said))}${lines.join("\n")}`;
}

/** Owners and on-call of alerts that are new here, and of those whose reply must be noticed. */
function called({ words, joined }: ThreadWords): readonly (string | undefined)[] {
  const alerts = [...joined.filter(isUrgent), ...words.filter(({ word }) => word.notice).map(({ alert }) => alert)];
  return alerts.flatMap(({ card }) => [card.owner, card.oncall]);
}
