import { MINUTE_MS } from "../token/duration.ts";
import type { DeliveryFailure, DeliveryResult } from "./notifier.ts";
import type { Outbox } from "./outbox.ts";
import { LONGEST_RETRY_AFTER_MS } from "./retry-delay.ts";

/** Slack takes about one message a second in a channel (Web API, "Rate limits", read 2026-11). */
export const PACE_MS = 1_000;

/** Nobody holds a channel for longer, so a turn further away was reckoned by a clock that was set back since. */
const LONGEST_MS = LONGEST_RETRY_AFTER_MS + MINUTE_MS;

export interface PaceDeps {
  readonly store: Pick<Outbox, "reserveTurn" | "delayChannel">;
  /** Between two messages to a channel: `PACE_MS`, where Slack is the real one. */
  readonly paceMs: number;
  readonly now: () => Date;
  /** Ends early when the signal is aborted, without rejecting. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** False when others may have taken the claim over. Absent: they cannot. */
  readonly held?: (() => boolean) | undefined;
}

/** No turn came while the claim was fresh, or we are to stop: nothing was sent. */
interface Late {
  readonly kind: "late";
  /** The turn that was too late. */
  readonly turn: Date;
}

/** Others may have taken the claim over: nothing was sent. */
interface Lost {
  readonly kind: "lost";
}

/** What kept a message from being sent. */
export type Obstacle = DeliveryFailure | Late | Lost;

/** What became of one message. */
type Sent = DeliveryResult | { readonly ok: false; readonly failure: Late | Lost };

/** Makes one call to Slack at its channel's turn. */
export type Send = (call: () => Promise<DeliveryResult>) => Promise<Sent>;

/**
 * Makes the calls for one channel wait for their turns, a second apart over all replicas, and for the time that Slack
 * asks for. A call begins by `freshUntil` or not at all: by then another replica may soon take the claim over.
 */
export const createSend =
  (
    { store, paceMs, now, wait, held = () => true }: PaceDeps,
    channel: string,
    freshUntil: Date,
    signal?: AbortSignal,
  ): Send =>
  async (call) => {
    const stopped = (): boolean => signal?.aborted === true;
    const late = (turn: Date): Sent => ({ ok: false, failure: { kind: "late", turn } });
    for (;;) {
      const asked = now();
      if (asked > freshUntil) return late(asked);
      const reserved = await store.reserveTurn(channel, asked, paceMs);
      const wrong = reserved.getTime() - asked.getTime() > LONGEST_MS;
      const turn = wrong ? new Date(asked.getTime() + paceMs) : reserved;
      if (turn > freshUntil || stopped()) return late(turn);
      // The second keeps a clock that is set back just now from making it long.
      const ms = turn.getTime() - Math.max(now().getTime(), asked.getTime());
      if (ms > 0) await wait(ms, signal);
      // The process may have stood still meanwhile.
      if (stopped() || now() > freshUntil) return late(turn);
      if (!held()) return { ok: false, failure: { kind: "lost" } };
      const result = await call();
      if (result.ok || result.failure.kind !== "rate_limited") return result;
      const until = new Date(now().getTime() + Math.min(result.failure.retryAfterMs, LONGEST_RETRY_AFTER_MS));
      await store.delayChannel(channel, until);
      if (until > freshUntil) return result;
    }
  };
