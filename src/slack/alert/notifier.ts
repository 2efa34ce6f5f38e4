import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { DeliveryResult, MessageRef, Notifier } from "../../watch/outbox.ts";
import { LIMITS } from "../blocks.ts";
import { cutTo } from "../mrkdwn.ts";
import { alertMessage, type AlertMessage } from "./alert-view.ts";
import { deliveryFailure, isContentRefusal } from "./failures.ts";
import { replyText } from "./reply-view.ts";

/** The views stay below the limit; what does not is cut rather than lost. */
const cut = (text: string): string => cutTo(text, LIMITS.messageText);

interface Sent {
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
}

export interface NotifierOptions {
  readonly client: Pick<WebClient, "chat">;
  readonly timezone: string;
  readonly log: Logger;
}

/** Puts alerts into Slack. A message Slack finds malformed is sent as its text alone: the alert must not be lost. */
export const createNotifier = ({ client, timezone, log }: NotifierOptions): Notifier => {
  const quiet = { unfurl_links: false, unfurl_media: false } as const;

  const send = async (call: () => Promise<Sent>, fallback: MessageRef | undefined): Promise<DeliveryResult> => {
    try {
      const { channel, ts } = await call();
      const ref = { channel: channel ?? fallback?.channel, ts: ts ?? fallback?.ts };
      // Without a ts for that channel nothing was delivered as far as we can prove.
      if (ref.channel === undefined || ref.ts === undefined)
        return { ok: false, failure: { kind: "away", error: "Slack gave no message id" } };
      return { ok: true, ref: { channel: ref.channel, ts: ref.ts } };
    } catch (error) {
      if (isContentRefusal(error)) throw error;
      return { ok: false, failure: deliveryFailure(error) };
    }
  };

  const sendOrTextOnly = async (
    message: AlertMessage,
    call: (message: AlertMessage) => Promise<Sent>,
    fallback?: MessageRef,
  ): Promise<DeliveryResult> => {
    try {
      return await send(() => call(message), fallback);
    } catch (error) {
      log.error({ failure: deliveryFailure(error) }, "Slack refused an alert's layout; sending its text alone");
      const plain: AlertMessage = { text: cut(message.text), attachments: [] };
      return send(() => call(plain), fallback).catch((again: unknown): DeliveryResult => ({
        ok: false,
        failure: deliveryFailure(again),
      }));
    }
  };

  return {
    post: (alert) =>
      sendOrTextOnly(alertMessage(alert, timezone), ({ text, attachments }) =>
        client.chat.postMessage({
          channel: alert.card.channel,
          text: cut(text),
          attachments: [...attachments],
          ...quiet,
        }),
      ),
    update: (alert, ref) =>
      sendOrTextOnly(
        alertMessage(alert, timezone),
        ({ text, attachments }) =>
          client.chat.update({ channel: ref.channel, ts: ref.ts, text: cut(text), attachments: [...attachments] }),
        ref,
      ),
    reply: (alert, reply, ref) =>
      sendOrTextOnly({ text: replyText(alert, reply, timezone), attachments: [] }, ({ text }) =>
        client.chat.postMessage({
          channel: ref.channel,
          thread_ts: ref.ts,
          // A plain thread reply notifies nobody (design section 4).
          reply_broadcast: reply.notice,
          text: cut(text),
          ...quiet,
        }),
      ),
  };
};
