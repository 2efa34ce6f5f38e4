import type { Logger } from "pino";
import type { MessageRef } from "../../../outbox/message.ts";
import type { DeliveryResult } from "../../../outbox/notifier.ts";
import { type ChannelMessage, minimal, shortened, wordsOnly } from "../../kit/channel-message.ts";
import { contentRefusal, deliveryFailure, isTooLong, refusalDetails } from "./failures.ts";

/**
 * Sends a message. When Slack finds it malformed or too long, sends a shorter version. The shortest one has only the
 * first lines, so that people still get the news. Never rejects.
 */
export async function sendMessage(delivery: Delivery, log: Logger): Promise<DeliveryResult> {
  const first = await tryOnce(delivery, log);
  if ("ok" in first) return first;
  let last = first.result;
  for (const message of nextTries(first.refused, delivery.message)) {
    const next = await tryOnce({ ...delivery, message }, log);
    if ("ok" in next) return next;
    last = next.result;
  }
  return last;
}

/** Slack's answer to an accepted call. */
interface Sent {
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
}

interface Delivery {
  readonly message: ChannelMessage;
  readonly call: (message: ChannelMessage) => Promise<Sent>;
  /** The message's place, for an edit: Slack's answer may not repeat it. */
  readonly at?: MessageRef;
}

/** The next tries after Slack refused the content. Too long: send less. Malformed: send plain text. */
function nextTries(word: string, message: ChannelMessage): readonly ChannelMessage[] {
  const plain = message.blocks.length + message.attachments.length === 0;
  if (!isTooLong(word)) return plain ? [] : [wordsOnly(message.text)];
  const short = shortened(message);
  return [short, wordsOnly(short.text), minimal(message)];
}

function refOf({ channel, ts }: Sent, at: MessageRef | undefined): DeliveryResult {
  const ref = { channel: channel ?? at?.channel, ts: ts ?? at?.ts };
  // Without a channel and a ts, nothing proves that Slack delivered the message.
  if (ref.channel === undefined || ref.ts === undefined)
    return { ok: false, failure: { kind: "away", error: "Slack gave no message id" } };
  return { ok: true, ref: { channel: ref.channel, ts: ref.ts } };
}

type Try = DeliveryResult | { readonly refused: string; readonly result: DeliveryResult };

async function tryOnce({ message, call, at }: Delivery, log: Logger): Promise<Try> {
  try {
    return refOf(await call(message), at);
  } catch (error) {
    const failure = deliveryFailure(error);
    const word = contentRefusal(error);
    if (word === undefined) return { ok: false, failure };
    log.error({ failure, details: refusalDetails(error) }, "Slack refused what a message looks like; sending less");
    return { refused: word, result: { ok: false, failure } };
  }
}
