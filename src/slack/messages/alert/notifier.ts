import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { MessageRef } from "../../../outbox/message.ts";
import type { Notifier } from "../../../outbox/notifier.ts";
import { LIMITS } from "../../kit/blocks.ts";
import { type ChannelMessage, wordsOnly } from "../../kit/channel-message.ts";
import type { Links } from "../../kit/links.ts";
import { messageView, replyView } from "../message-view.ts";
import { cutTo } from "../../kit/mrkdwn.ts";
import { sendMessage } from "./send.ts";

export interface NotifierOptions {
  readonly client: Pick<WebClient, "chat">;
  /** The base address of message links, once Slack has reported it. */
  readonly links: () => Links;
  readonly timezone: string;
  /** True when renewals from Slack are on: alerts that a new token solves lead to "Renew…". */
  readonly renews?: boolean;
  readonly log: Logger;
}

/** Posts, edits and replies to messages in Slack. */
export function createNotifier({ client: { chat }, links, timezone, renews = false, log }: NotifierOptions): Notifier {
  return {
    post: async (delivery, channel) => {
      const message = messageView(delivery, timezone, links(), renews);
      return sendMessage(
        { message, call: (less) => chat.postMessage({ channel, ...contentOf(less), ...NO_PREVIEWS }) },
        log,
      );
    },
    edit: async (delivery, at: MessageRef) => {
      const message = messageView(delivery, timezone, links(), renews);
      return sendMessage({ message, call: (less) => chat.update({ ...at, ...contentOf(less) }), at }, log);
    },
    // A plain thread reply notifies nobody, so an urgent reply also appears in the channel.
    reply: async (delivery, call, { channel, ts }) => {
      const message = wordsOnly(replyView(delivery, call, timezone, links(), renews));
      const reply_broadcast = call.notice;
      return sendMessage(
        {
          message,
          call: ({ text }) => chat.postMessage({ channel, thread_ts: ts, reply_broadcast, text, ...NO_PREVIEWS }),
        },
        log,
      );
    },
  };
}

const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false } as const;

/**
 * Views stay within the limit; longer text is cut, so that the message is still sent. An edit without blocks removes
 * them.
 */
function contentOf({ text, blocks, attachments }: ChannelMessage) {
  return {
    text: cutTo(text, LIMITS.messageText),
    ...(blocks.length === 0 ? {} : { blocks: [...blocks] }),
    attachments: [...attachments],
  };
}
