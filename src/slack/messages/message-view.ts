// Each kind of message has one view, and this file chooses it: alert/, group/, and notice/ for all other kinds. To add
// a kind: write its view, add a case below, and add its body to outbox/message.ts if it has one.
import { greatest } from "../../token/moment.ts";
import { actionsOf } from "../../renewal/rules/next-step.ts";
import type { Delivery } from "../../outbox/message.ts";
import type { ReplyCall } from "../../outbox/next-call.ts";
import { replyText } from "./alert/reply-view.ts";
import { groupReplyText } from "./group/reply-view.ts";
import { movedMessage } from "./alert/moved-view.ts";
import { alertMessage } from "./alert/alert-view.ts";
import type { ChannelMessage } from "../kit/channel-message.ts";
import { groupMessage } from "./group/group-view.ts";
import { linkTo, type Links } from "../kit/links.ts";
import { absenceMessage } from "./notice/absence-view.ts";
import { digestMessage } from "./notice/digest-view.ts";
import { escalationMessage } from "./notice/escalation-view.ts";
import { fallbackMessage } from "./notice/fallback-view.ts";
import { renewalMessage } from "./renewal/renewal-view.ts";
import { renewalReply } from "./renewal/reply-view.ts";
import { remindersMessage } from "./notice/reminders-view.ts";

/**
 * The current content of a message, built anew for each post and edit. Throws a TypeError when the content is of
 * another kind.
 * @param renews true when renewals from Slack are on
 */
export function messageView(delivery: Delivery, timezone: string, links: Links, renews = false): ChannelMessage {
  const { message, alerts, body, renewal } = delivery;
  switch (message.kind) {
    case "alert": {
      const [shown] = alerts;
      if (shown === undefined) break;
      return shown.as === "home" ? alertMessage(shown.alert, timezone, undefined, renews) : movedMessage(shown, links);
    }
    case "group": {
      const own = alerts.filter(({ as }) => as === "home").map(({ alert }) => alert);
      const leftAt = own.length === 0 ? new Date(greatest(delivery.owed.map(({ at }) => at.getTime()))) : null;
      return groupMessage({ id: message.id, openedAt: message.createdAt, leftAt }, own, timezone, renews);
    }
    case "escalation":
      return escalationMessage(delivery, timezone, links, renews);
    case "reminders":
      return remindersMessage(delivery, timezone, links, renews);
    case "fallback":
      if (body?.kind !== "fallback") break;
      return fallbackMessage(delivery, body, timezone, renews);
    case "digest":
      if (body?.kind !== "digest") break;
      return digestMessage(body, message.createdAt, timezone);
    case "absence":
      if (body?.kind !== "absence") break;
      return absenceMessage(body, timezone);
    case "renewal": {
      if (renewal === null) break;
      const { offered, inTerminal } = actionsFor(renewal, renews);
      return renewalMessage(renewal, offered, timezone, inTerminal);
    }
  }
  throw new TypeError(`a message of kind ${message.kind} has nothing to show`);
}

/**
 * A reply in a message's thread.
 * @param renews true when renewals from Slack are on
 */
export function replyView(
  { message, renewal }: Delivery,
  call: ReplyCall,
  timezone: string,
  links: Links,
  renews = false,
): string {
  const link = linkTo(links, call.ref);
  const [first] = call.replies;
  const [entry] = call.entries;
  if (entry !== undefined) {
    const { offered, inTerminal } = actionsFor(renewal, renews);
    return renewalReply(entry, renewal, offered, timezone, inTerminal);
  }
  if (message.kind === "alert" && first !== undefined)
    return replyText(first.alert, first.reply, timezone, link, renews);
  return groupReplyText(call, timezone, link, renews);
}

/** The actions of a renewal: as buttons, or only in a terminal while renewals from Slack are off. */
function actionsFor(renewal: Delivery["renewal"], renews: boolean) {
  const possible = renewal === null ? [] : actionsOf(renewal);
  return renews ? { offered: possible, inTerminal: [] } : { offered: [], inTerminal: possible };
}
