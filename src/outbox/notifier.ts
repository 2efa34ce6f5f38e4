import type { Delivery, MessageRef } from "./message.ts";
import type { ReplyCall } from "./next-call.ts";

/** Why Slack did not accept a call. `error` is Slack's error or ours, without secrets. */
export type DeliveryFailure =
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  /** The channel refused it (`not_in_channel`, `is_archived`…). A person must act. */
  | { readonly kind: "refused"; readonly error: string }
  /** The message to edit is gone. */
  | { readonly kind: "message_gone"; readonly error: string }
  /** Slack did not answer or failed. Try later. */
  | { readonly kind: "away"; readonly error: string };

/** True when a person must act. Outages and rate limits of Slack end by themselves, so they are no refusals. */
export function isRefusal({ kind }: DeliveryFailure): boolean {
  return kind === "refused" || kind === "message_gone";
}

export type DeliveryResult =
  | { readonly ok: true; readonly ref: MessageRef }
  | { readonly ok: false; readonly failure: DeliveryFailure };

/** Sends messages to Slack. Never rejects because of Slack or the network. */
export interface Notifier {
  /** `to`: a channel or user ID. */
  post(delivery: Delivery, to: string): Promise<DeliveryResult>;
  edit(delivery: Delivery, ref: MessageRef): Promise<DeliveryResult>;
  reply(delivery: Delivery, call: ReplyCall, ref: MessageRef): Promise<DeliveryResult>;
}
