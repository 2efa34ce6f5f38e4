import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { Fetch } from "../network/fetch.ts";
import { createHeartbeat } from "../ops/heartbeat.ts";
import { reveal } from "../token/secret.ts";
import { type DoneRound, noteRound } from "../watch/absence.ts";
import { runDigest } from "../watch/digest.ts";
import type { WatchStore } from "../watch/ports.ts";
import { runPrune } from "../watch/prune.ts";

export interface AfterRoundParts {
  readonly now: () => Date;
  /** The way to the outside monitor. */
  readonly fetch: Fetch;
  readonly log: Logger;
}

/**
 * What follows a round that did all its work: a word after an absence, the digest when it is due, what is forgotten, and
 * the sign of life for an outside monitor. Never rejects: what the store did not take comes after the next round.
 * @param speaks false for a round of its own, whose absences are nobody's news
 */
export type AfterRound = (store: WatchStore, round: DoneRound, speaks: boolean) => Promise<void>;

export const createAfterRound = (config: Config, { now, fetch, log }: AfterRoundParts): AfterRound => {
  const { watches, schedule, timezone, digestSchedule, heartbeatUrl } = config;
  const newId = randomUUID;
  const heartbeat = heartbeatUrl === undefined ? undefined : createHeartbeat({ url: reveal(heartbeatUrl), fetch, log });

  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error }, `${what} failed; it is tried again after the next round`);
    }
  };

  return async (store, round, speaks) => {
    await attempt("noting the round", () => noteRound({ store, watches, schedule, timezone, newId }, round, speaks));
    if (digestSchedule !== undefined)
      await attempt("the digest", () => runDigest({ store, watches, schedule: digestSchedule, timezone, now, newId }));
    await attempt("forgetting what is long over", () => runPrune(store, now()));
    const beat = heartbeat?.beat();
    // A monitor that hangs must not hold up the deliveries of a bot that goes on.
    if (!speaks) await beat;
  };
};
