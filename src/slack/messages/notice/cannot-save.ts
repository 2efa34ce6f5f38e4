import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { MessageRef } from "../../../outbox/message.ts";
import type { DeliveryResult } from "../../../outbox/notifier.ts";
import { sendMessage } from "../alert/send.ts";
import { wordsOnly } from "../../kit/channel-message.ts";
import { escapeMrkdwn } from "../../kit/mrkdwn.ts";
import { slackDate } from "../../kit/moment.ts";

export interface SaveNotice {
  /** `reason` is the store's error message. */
  readonly post: (channel: string, reason: string, since: Date) => Promise<DeliveryResult>;
  readonly edit: (ref: MessageRef, reason: string, since: Date) => Promise<DeliveryResult>;
  /** Edits the message to say that the problem is over. */
  readonly end: (ref: MessageRef, since: Date, until: Date) => Promise<DeliveryResult>;
}

export interface SaveNoticeOptions {
  readonly client: Pick<WebClient, "chat">;
  readonly timezone: string;
  readonly log: Logger;
}

/** The only message that does not come from the outbox, because the outbox itself cannot be saved. */
export function createSaveNotice({ client: { chat }, timezone, log }: SaveNoticeOptions): SaveNotice {
  const trouble = (reason: string, since: Date): string =>
    [
      "🔴 *wa-token cannot save.* New alerts are not sent until it can.",
      escapeMrkdwn(reason),
      `Since ${slackDate(since, timezone)}. The bot tries again by itself.`,
    ].join("\n");
  const over = (since: Date, until: Date): string =>
    `✅ *wa-token can save again.* It could not from ${slackDate(since, timezone)} to ${slackDate(until, timezone)}. Delayed alerts are sent now.`;
  const edit = (at: MessageRef, words: string) =>
    sendMessage({ message: wordsOnly(words), call: ({ text }) => chat.update({ ...at, text }), at }, log);
  return {
    post: (channel, reason, since) =>
      sendMessage(
        {
          message: wordsOnly(trouble(reason, since)),
          call: ({ text }) => chat.postMessage({ channel, text }),
        },
        log,
      ),
    edit: (ref, reason, since) => edit(ref, trouble(reason, since)),
    end: (ref, since, until) => edit(ref, over(since, until)),
  };
}
