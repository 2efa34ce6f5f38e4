import { MINUTE_MS } from "../token/duration.ts";
import { isTooFarAhead } from "../token/set-back.ts";
import type { DeliveryFailure, DeliveryResult } from "./notifier.ts";
import type { Outbox } from "./outbox.ts";
import { LONGEST_RETRY_AFTER_MS } from "./retry-delay.ts";

/** Slack accepts about one message a second in a channel (Web API, "Rate limits", read 2026-11). */
export const PACE_MS = 1_000;

export interface PaceDeps {
  readonly store: Pick<Outbox, "reserveTurn" | "delayChannel">;
  /** The time between two messages to a channel: `PACE_MS` for the real Slack. */
  readonly paceMs: number;
  readonly now: () => Date;
  /** Ends early, without rejecting, when the signal is aborted. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** False when another program may have taken over the claim. Absent: that cannot happen. */
  readonly held?: (() => boolean) | undefined;
}

/** The reason why a message was not sent. */
export type Obstacle = DeliveryFailure | Late | Lost;

/** Makes one call to Slack at the turn of its channel. */
export type Send = (call: () => Promise<DeliveryResult>) => Promise<Sent>;

/**
 * Delays each call until the turn of its channel. Turns are `paceMs` apart over all replicas, and later when Slack asks
 * to wait. A call begins by `freshUntil` or not at all, because another replica may take over the claim soon after.
 */
export function createSend(
  { store, paceMs, now, wait, held = () => true }: PaceDeps,
  channel: string,
  freshUntil: Date,
  signal?: AbortSignal,
): Send {
  return async (call) => {
    const stopped = (): boolean => signal?.aborted === true;
    const late = (turn: Date): Sent => ({ ok: false, failure: { kind: "late", turn } });
    for (;;) {
      const asked = now();
      if (asked > freshUntil) return late(asked);
      const reserved = await store.reserveTurn(channel, asked, paceMs);
      const turn = isTooFarAhead(reserved, asked, LONGEST_MS) ? new Date(asked.getTime() + paceMs) : reserved;
      if (turn > freshUntil || stopped()) return late(turn);
      // `asked` limits the wait when the clock was set back in between.
      const ms = turn.getTime() - Math.max(now().getTime(), asked.getTime());
      if (ms > 0) await wait(ms, signal);
      // The process may have been suspended during the wait.
      if (stopped() || now() > freshUntil) return late(turn);
      if (!held()) return { ok: false, failure: { kind: "lost" } };
      const result = await call();
      if (result.ok || result.failure.kind !== "rate_limited") return result;
      const until = new Date(now().getTime() + Math.min(result.failure.retryAfterMs, LONGEST_RETRY_AFTER_MS));
      await store.delayChannel(channel, until);
      if (until > freshUntil) return result;
    }
  };
}

/** No channel waits for longer than this. A later turn was reserved by a clock that was set back since. */
const LONGEST_MS = LONGEST_RETRY_AFTER_MS + MINUTE_MS;

/** Nothing was sent: no turn came in time, or the bot stops. */
interface Late {
  readonly kind: "late";
  /** The turn that came too late. */
  readonly turn: Date;
}

/** Nothing was sent: another program may have taken over the claim. */
interface Lost {
  readonly kind: "lost";
}

/** The result for one message. */
type Sent = DeliveryResult | { readonly ok: false; readonly failure: Late | Lost };
