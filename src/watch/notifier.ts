import type { Delivery, MessageRef } from "./message.ts";
import type { ReplyCall } from "./next-call.ts";

/** Why Slack did not take something; `error` is Slack's word or ours, free of secrets. */
export type DeliveryFailure =
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  /** The channel does not take it (`not_in_channel`, `is_archived`…): a person must act. */
  | { readonly kind: "refused"; readonly error: string }
  /** The message to edit is gone. */
  | { readonly kind: "message_gone"; readonly error: string }
  /** Slack is away or stumbled; try later. */
  | { readonly kind: "away"; readonly error: string };

/** True when a person must act. That Slack is away or asks to wait passes by itself, and is no refusal. */
export function isRefusal({ kind }: DeliveryFailure): boolean {
  return kind === "refused" || kind === "message_gone";
}

export type DeliveryResult =
  | { readonly ok: true; readonly ref: MessageRef }
  | { readonly ok: false; readonly failure: DeliveryFailure };

/** Puts messages into Slack. Never rejects for anything that Slack or the network does. */
export interface Notifier {
  /** `to`: a channel or user id. */
  post(delivery: Delivery, to: string): Promise<DeliveryResult>;
  edit(delivery: Delivery, ref: MessageRef): Promise<DeliveryResult>;
  reply(delivery: Delivery, call: ReplyCall, ref: MessageRef): Promise<DeliveryResult>;
}
