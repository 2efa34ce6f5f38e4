import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { MessageRef, Notifier } from "../../watch/outbox.ts";
import { type ChannelMessage, wordsOnly } from "../channel-message.ts";
import { groupReplyText } from "../group/reply-view.ts";
import { groupMessage } from "../group/group-view.ts";
import { noteMessage } from "../note/note-view.ts";
import { LIMITS } from "../blocks.ts";
import { cutTo } from "../mrkdwn.ts";
import { alertMessage } from "./alert-view.ts";
import { replyText } from "./reply-view.ts";
import { sendMessage } from "./send.ts";

export interface NotifierOptions {
  readonly client: Pick<WebClient, "chat">;
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

/** Puts alerts, groups and notes into Slack. */
export const createNotifier = ({ client: { chat }, timezone, log }: NotifierOptions): Notifier => {
  const post = (channel: string, built: ChannelMessage) =>
    sendMessage(
      { message: built, call: (message) => chat.postMessage({ channel, ...contentOf(message), ...QUIET }) },
      log,
    );

  const edit = (at: MessageRef, built: ChannelMessage) =>
    sendMessage({ message: built, call: (message) => chat.update({ ...at, ...contentOf(message) }), at }, log);

  /** `notice`: a plain thread reply notifies nobody, so it is shown in the channel as well (design section 4). */
  const reply = ({ channel, ts }: MessageRef, words: string, notice: boolean) =>
    sendMessage(
      {
        message: wordsOnly(words),
        call: ({ text }) => chat.postMessage({ channel, thread_ts: ts, reply_broadcast: notice, text, ...QUIET }),
      },
      log,
    );

  return {
    post: (alert) => post(alert.card.channel, alertMessage(alert, timezone)),
    update: (alert, ref) => edit(ref, alertMessage(alert, timezone)),
    reply: (alert, owed, ref) => reply(ref, replyText(alert, owed, timezone), owed.notice),
    postGroup: (group, alerts) => post(group.channel, groupMessage(group, alerts, timezone)),
    updateGroup: (group, alerts, ref) => edit(ref, groupMessage(group, alerts, timezone)),
    replyGroup: (_group, owed, ref) => reply(ref, groupReplyText(owed, timezone), owed.notice),
    note: (notes, to) => post(to, noteMessage(notes, timezone)),
  };
};
