import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { Fetch } from "../network/fetch.ts";
import { createHeartbeat } from "../ops/heartbeat.ts";
import { reveal } from "../token/secret/secret.ts";
import { type DoneRound, noteRound } from "../watch/absence.ts";
import { runDigest } from "../watch/digest.ts";
import type { WatchStore } from "../watch/ports.ts";
import { runPrune } from "../watch/prune.ts";
import type { Fleets } from "./fleets/fleets.ts";
import type { WatchBook } from "../watch/watch-book.ts";

export interface AfterRoundParts {
  readonly watches: WatchBook;
  readonly fleets: Pick<Fleets, "troubles" | "wereRead">;
  readonly now: () => Date;
  /** Reaches the outside monitor. */
  readonly fetch: Fetch;
  readonly log: Logger;
}

/**
 * The steps after a complete round: a message after an absence, the digest when it is due, the removal of old data, and
 * the heartbeat. Never rejects: a step that the store refuses runs again after the next round.
 * @param isRunningBot false for a single round from the command line, which reports no absence
 */
export type AfterRound = (store: WatchStore, round: DoneRound, isRunningBot: boolean) => Promise<void>;

export function createAfterRound(config: Config, { watches, fleets, now, fetch, log }: AfterRoundParts): AfterRound {
  const { schedule, timezone, digestSchedule, heartbeatUrl } = config;
  const newId = randomUUID;
  const shortestIntervalMs = shortestInterval(config);
  const fleetChannels = config.fleets.flatMap(({ shared }) => shared.channel ?? config.defaults.channel ?? []);
  const heartbeat = heartbeatUrl === undefined ? undefined : createHeartbeat({ url: reveal(heartbeatUrl), fetch, log });

  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error }, `${what} failed; the bot tries again after the next round`);
    }
  };

  return async (store, round, isRunningBot) => {
    // Before the first reading, a round lacks the watches of fleets, and so would its messages.
    const isWhole = fleets.wereRead();
    if (isWhole)
      await attempt("saving the time of the round", () =>
        noteRound({ store, watches, shortestIntervalMs, schedule, timezone, newId }, round, isRunningBot),
      );
    if (digestSchedule !== undefined && isWhole)
      await attempt("the digest", () =>
        runDigest({
          store,
          watches,
          fleetTroubles: fleets.troubles,
          fleetChannels,
          schedule: digestSchedule,
          timezone,
          now,
          newId,
        }),
      );
    await attempt("removing old data", () => runPrune(store, now()));
    const beat = heartbeat?.beat();
    // A running bot does not wait here, because a monitor that hangs must not delay deliveries.
    if (!isRunningBot) await beat;
  };
}

/** The shortest check interval of all watches, in milliseconds. All watches of a fleet have the same. */
function shortestInterval({ watches, fleets, defaults }: Config): number {
  const intervals = [
    ...watches.map(({ checkIntervalMs }) => checkIntervalMs),
    ...fleets.map(({ shared }) => shared.checkInterval?.ms ?? defaults.checkIntervalMs),
  ];
  return intervals.reduce((least, ms) => Math.min(least, ms), defaults.checkIntervalMs);
}
