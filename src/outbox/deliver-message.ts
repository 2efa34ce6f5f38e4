import { afterFailure, type FailureRules } from "./after-failure.ts";
import { type Delivery, type MessageRef, placeOf } from "./message.ts";
import { type Call, type CallRules, nextCall } from "./next-call.ts";
import type { DeliveryFailure, DeliveryResult, Notifier } from "./notifier.ts";
import type { MessageClaim, Outbox, Sent } from "./outbox.ts";
import type { Obstacle, Send } from "./pace.ts";
import { describeDeliveryFailure } from "./retry-delay.ts";

export interface MessageDeps extends CallRules, FailureRules {
  readonly store: Pick<Outbox, "failed">;
  /** Saves a call that Slack accepted, in one transaction with saves of other places. */
  readonly save: (sent: Sent) => Promise<void>;
  readonly notifier: Notifier;
  readonly now: () => Date;
  /** Called for each call that Slack accepted and the store saved. */
  readonly onDone: (what: "posts" | "edits" | "replies") => void;
}

/** The obstacle that ended a delivery, and whether the caller must release its claim. */
export interface Outcome {
  /** Undefined: all claimed rows of the message are delivered. */
  readonly obstacle: Obstacle | undefined;
  /** True: the claim still stands, so the caller must release it. */
  readonly isHeld: boolean;
}

/**
 * Updates one message call by call, and saves each call after Slack accepted it. A deleted message is posted again in
 * the same turn, at the place of the claim. Saving a failure ends the claim.
 */
export async function deliverMessage(deps: MessageDeps, claim: MessageClaim, send: Send): Promise<Outcome> {
  const { now, store } = deps;
  const place = placeOf(claim.message);
  let delivery: Delivery = claim;
  for (;;) {
    const call = nextCall(delivery, now(), deps);
    if (call === undefined) return { obstacle: undefined, isHeld: true };
    const result = await make(deps, delivery, call, place, send);
    if (result.ok) {
      const at = now();
      await deps.save({ claim, call, ref: result.ref, at });
      if (call.kind !== "forget") deps.onDone(DONE[call.kind]);
      delivery = afterCall(delivery, call, result.ref, at);
      continue;
    }
    const { failure } = result;
    if (failure.kind === "late" || failure.kind === "lost") return { obstacle: failure, isHeld: true };
    const error = describeDeliveryFailure(failure);
    const after = afterFailure(delivery, failure, error, now(), deps);
    if (after.kind !== "again") {
      await store.failed(claim, after, error, now());
      return { obstacle: failure, isHeld: false };
    }
    delivery = { ...delivery, message: { ...delivery.message, ref: null } };
  }
}

const DONE = { post: "posts", edit: "edits", reply: "replies" } as const;

type Made =
  | { readonly ok: true; readonly ref: MessageRef | null }
  | { readonly ok: false; readonly failure: DeliveryFailure | Obstacle };

async function make(
  { notifier }: MessageDeps,
  delivery: Delivery,
  call: Call,
  place: string,
  send: Send,
): Promise<Made> {
  const ask = (): Promise<DeliveryResult> => {
    switch (call.kind) {
      case "edit":
        return notifier.edit(delivery, call.ref);
      case "reply":
        return notifier.reply(delivery, call, call.ref);
      default:
        return notifier.post(delivery, place);
    }
  };
  if (call.kind === "forget") return { ok: true, ref: null };
  return send(ask);
}

/** The delivery after Slack accepted a call. */
function afterCall(delivery: Delivery, call: Call, ref: MessageRef | null, at: Date): Delivery {
  const settled = new Set(call.settles);
  const { message } = delivery;
  const noticed = call.kind === "post" || (call.kind === "reply" && call.notice);
  const posted = call.kind === "post" && ref !== null;
  return {
    ...delivery,
    message: { ...message, ...(posted && { ref }), ...(noticed && { spokeAt: at }), failures: 0 },
    owed: delivery.owed.filter(({ id }) => !settled.has(id)),
  };
}
