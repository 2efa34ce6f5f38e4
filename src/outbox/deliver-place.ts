import type { Logger } from "pino";
import { deliverMessage, type MessageDeps } from "./deliver-message.ts";
import { placeOf } from "./message.ts";
import { isRefusal } from "./notifier.ts";
import type { MessageClaim, Outbox } from "./outbox.ts";
import { createSend, type Obstacle, type PaceDeps } from "./pace.ts";
import { describeDeliveryFailure, retryDelayMs } from "./retry-delay.ts";
import type { Rests } from "./rests.ts";

export interface PlaceDeps extends Omit<MessageDeps, "store">, Omit<PaceDeps, "store"> {
  readonly store: Pick<Outbox, "failed" | "reserveTurn" | "delayChannel">;
  /** Releases a claim, in one transaction with claims of other places. */
  readonly release: (claim: MessageClaim) => Promise<void>;
  readonly rests: Pick<Rests, "rest" | "away" | "answered">;
  /** Called for each message that Slack refused or whose delivery failed. */
  readonly onFailed: () => void;
  /** Called when the claim was lost. Only a later pass may claim the place again. */
  readonly onLost: (place: string) => void;
  /** Called when resting places may be tried again. */
  readonly onFreed: () => void;
  /** A call must begin within this time after the claim, or not at all. */
  readonly freshMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly log: Logger;
}

/**
 * Delivers the claimed message of one place. Rate limits and outages of Slack affect the whole place, so it rests. A
 * refusal affects only one message. Never rejects. True when all claimed rows are delivered.
 */
export async function deliverAt(deps: PlaceDeps, claim: MessageClaim): Promise<boolean> {
  const { log, onFailed, freshMs, signal } = deps;
  const { message } = claim;
  const place = placeOf(message);
  const about = aboutOf(claim);
  try {
    const send = createSend(deps, place, new Date(claim.claimedAt.getTime() + freshMs), signal);
    const { obstacle, isHeld } = await deliverMessage(deps, claim, send);
    const silent = obstacle !== undefined && ["away", "late", "lost"].includes(obstacle.kind);
    if (!silent && deps.rests.answered(place)) deps.onFreed();
    if (obstacle !== undefined) heed(deps, claim, obstacle, about);
    if (isHeld) await deps.release(claim);
    return obstacle === undefined;
  } catch (error) {
    // The store failed, or this code has a bug. The claim's lease prevents an immediate retry.
    onFailed();
    log.error({ ...about, err: error }, `delivery of the ${message.kind} failed`);
    return false;
  }
}

/** The fields that identify the message in the log. */
function aboutOf({ message, alerts, renewal }: MessageClaim): Readonly<Record<string, string>> {
  const [only, ...others] = alerts;
  const watch = only !== undefined && others.length === 0 ? only.alert.card.name : renewal?.watch;
  return { message: message.id, ...(watch !== undefined && { watch }) };
}

function heed(
  deps: PlaceDeps,
  { message }: MessageClaim,
  obstacle: Obstacle,
  about: Readonly<Record<string, string>>,
): void {
  const { now, rests, log } = deps;
  const place = placeOf(message);
  switch (obstacle.kind) {
    case "lost":
      return deps.onLost(place);
    case "late":
      // A claim that starts shortly before the turn is still fresh at the turn.
      return rests.rest(place, new Date(obstacle.turn.getTime() - deps.freshMs / 2));
    default: {
      const error = describeDeliveryFailure(obstacle);
      const failures = message.failures + Number(isRefusal(obstacle));
      log.warn({ ...about, channel: place, error, failures }, `${message.kind} not delivered`);
      deps.onFailed();
      if (obstacle.kind === "away") rests.away(place, now());
      if (obstacle.kind === "rate_limited")
        rests.rest(place, new Date(now().getTime() + retryDelayMs(obstacle, message.failures)));
    }
  }
}
