import { MINUTE_MS } from "../token/duration.ts";
import type { DeliveryFailure, DeliveryResult, OutboxStore } from "./outbox.ts";

/** Slack takes about one message a second in a channel (Web API, "Rate limits", read 2026-11). */
export const PACE_MS = 1_000;

/** Nobody holds a channel for longer, so a turn further away was reckoned by a clock that was set back since. */
const LONGEST_MS = 5 * MINUTE_MS;

export interface PaceDeps {
  readonly store: Pick<OutboxStore, "reserveSlot" | "delayChannel">;
  readonly now: () => Date;
  /** Ends early when the signal is aborted, without rejecting. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** No turn came while the claim was fresh, or we are to stop: nothing was sent. */
export interface Late {
  readonly kind: "late";
  /** The turn that was too late. */
  readonly turn: Date;
}

/** What kept a message from being sent. */
export type Obstacle = DeliveryFailure | Late;

/** What became of one message. */
export type Sent = DeliveryResult | { readonly ok: false; readonly failure: Late };

/** Makes one call to Slack at its channel's turn. */
export type Send = (call: () => Promise<DeliveryResult>) => Promise<Sent>;

/**
 * Makes the calls for one channel wait for their turns, a second apart over all replicas, and for the time that Slack
 * asks for. A call begins by `freshUntil` or not at all: by then another replica may soon take the claim over.
 */
export const createSend =
  ({ store, now, wait }: PaceDeps, channel: string, freshUntil: Date, signal?: AbortSignal): Send =>
  async (call) => {
    const stopped = (): boolean => signal?.aborted === true;
    for (;;) {
      const asked = now();
      const reserved = await store.reserveSlot(channel, asked, PACE_MS);
      const wrong = reserved.getTime() - asked.getTime() > LONGEST_MS;
      const turn = wrong ? new Date(asked.getTime() + PACE_MS) : reserved;
      if (turn > freshUntil || stopped()) return { ok: false, failure: { kind: "late", turn } };
      const ms = turn.getTime() - now().getTime();
      if (ms > 0) await wait(ms, signal);
      if (stopped()) return { ok: false, failure: { kind: "late", turn } };
      const result = await call();
      if (result.ok || result.failure.kind !== "rate_limited") return result;
      const until = new Date(now().getTime() + Math.min(result.failure.retryAfterMs, LONGEST_MS));
      await store.delayChannel(channel, until);
      if (until > freshUntil) return result;
    }
  };
