import type { Logger } from "pino";
import { createSend, type PaceDeps } from "./pace.ts";
import { describeDeliveryFailure, pauseAfter } from "./pause.ts";
import type { Rests } from "./rests.ts";
import type { Work } from "./work.ts";

export interface ChannelDeps extends PaceDeps {
  /** Told of each piece of work that Slack did not take or that broke off. */
  readonly onFailed: () => void;
  readonly rests: Pick<Rests, "rest" | "away" | "answered">;
  /** Told when the claim was lost: this pass must not ask for the channel again, the next one may. */
  readonly onLost: (channel: string) => void;
  /** Told when channels that rested may be tried again. */
  readonly onFreed: () => void;
  readonly log: Logger;
}

export interface Turn {
  readonly channel: string;
  /** In the order in which it shall be sent. */
  readonly works: readonly Work[];
  readonly claimedAt: Date;
  /** A message begins within this time of the claim or not at all. */
  readonly freshMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Delivers what is in hand for one channel, one after the other. Slack's limits and outages hold for the whole channel,
 * so what is left then goes back and the channel rests; a refusal may be about one message. Never rejects.
 */
export const deliverChannel = async (deps: ChannelDeps, turn: Turn): Promise<void> => {
  const { log, now, onFailed, onFreed, onLost, rests } = deps;
  const { channel, works, claimedAt, freshMs, signal } = turn;
  const send = createSend(deps, channel, new Date(claimedAt.getTime() + freshMs), signal);
  let resting = false;
  const rest = (until: Date): void => {
    rests.rest(channel, until);
    resting = true;
  };

  const tryOne = async (work: Work): Promise<void> => {
    const obstacle = await work.deliver(send);
    const silent = obstacle !== undefined && ["away", "late", "lost"].includes(obstacle.kind);
    if (!silent && rests.answered(channel)) onFreed();
    if (obstacle === undefined) return;
    if (obstacle.kind === "lost") {
      onLost(channel);
      resting = true;
      await work.release();
      return;
    }
    if (obstacle.kind === "late") {
      // A new claim made shortly before its turn can wait for it.
      rest(new Date(obstacle.turn.getTime() - freshMs / 2));
      await work.release();
      return;
    }
    const error = describeDeliveryFailure(obstacle);
    log.warn({ ...work.about, channel, error, failures: work.failures + 1 }, `${work.kind} not delivered`);
    onFailed();
    const retryAt = new Date(now().getTime() + pauseAfter(obstacle, work.failures));
    if (obstacle.kind === "rate_limited") rest(retryAt);
    if (obstacle.kind === "away") {
      rests.away(channel, now());
      resting = true;
    }
    await work.fail(obstacle, retryAt);
  };

  for (const work of works) {
    try {
      await (resting || signal?.aborted === true ? work.release() : tryOne(work));
    } catch (error) {
      // The store, or a mistake of ours: the claim's lease keeps it from being tried again at once.
      onFailed();
      log.error({ ...work.about, err: error }, `the delivery of the ${work.kind} broke off`);
    }
  }
};
