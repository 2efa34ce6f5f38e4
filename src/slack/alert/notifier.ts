import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { MessageRef } from "../../watch/message.ts";
import type { Notifier } from "../../watch/notifier.ts";
import { LIMITS } from "../blocks.ts";
import { type ChannelMessage, wordsOnly } from "../channel-message.ts";
import type { Links } from "../links.ts";
import { messageView, replyView } from "../message/message-view.ts";
import { cutTo } from "../mrkdwn.ts";
import { sendMessage } from "./send.ts";

export interface NotifierOptions {
  readonly client: Pick<WebClient, "chat">;
  /** Where messages are found, as far as Slack has told. */
  readonly links: () => Links;
  readonly timezone: string;
  readonly log: Logger;
}

const QUIET = { unfurl_links: false, unfurl_media: false } as const;

/** The views stay below the limit; what does not is cut rather than lost. An edit without blocks takes them away. */
const contentOf = ({ text, blocks, attachments }: ChannelMessage) => ({
  text: cutTo(text, LIMITS.messageText),
  ...(blocks.length === 0 ? {} : { blocks: [...blocks] }),
  attachments: [...attachments],
});

/** Puts messages into Slack. */
export const createNotifier = ({ client: { chat }, links, timezone, log }: NotifierOptions): Notifier => {
  return {
    post: async (delivery, channel) => {
      const message = messageView(delivery, timezone, links());
      return sendMessage({ message, call: (less) => chat.postMessage({ channel, ...contentOf(less), ...QUIET }) }, log);
    },
    edit: async (delivery, at: MessageRef) => {
      const message = messageView(delivery, timezone, links());
      return sendMessage({ message, call: (less) => chat.update({ ...at, ...contentOf(less) }), at }, log);
    },
    // A plain thread reply notifies nobody, so what people must notice is shown in the channel as well.
    reply: async (delivery, call, { channel, ts }) => {
      const message = wordsOnly(replyView(delivery, call, timezone, links()));
      const reply_broadcast = call.notice;
      return sendMessage(
        { message, call: ({ text }) => chat.postMessage({ channel, thread_ts: ts, reply_broadcast, text, ...QUIET }) },
        log,
      );
    },
  };
};
