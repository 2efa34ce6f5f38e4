import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { Escalation } from "../alert/escalate.ts";
import type { WatchStore } from "../watch/ports.ts";
import { runRound, type RoundSummary } from "../watch/round.ts";
import type { AfterRound } from "./after-round.ts";
import type { Clock } from "./clock.ts";
import type { Inspection } from "./inspection.ts";
import { createKeepWatches } from "./keep-watches.ts";
import type { Observation } from "./observation.ts";

export interface RoundParts {
  readonly inspection: Inspection;
  readonly observation: Pick<Observation, "onCheck">;
  readonly clock: Clock;
  readonly escalation: Escalation;
  readonly afterRound: AfterRound;
  readonly log: Logger;
}

export interface RoundOptions {
  readonly which: "due" | "all";
  readonly signal?: AbortSignal | undefined;
  /** The bot reports an absence before the round; false for a single round from the command line. */
  readonly isRunningBot: boolean;
}

export interface Rounds {
  /** Runs a round over the whole watchlist, and the steps after it. */
  readonly full: (store: WatchStore, options: RoundOptions) => Promise<RoundSummary>;
  /** Checks one watch at once, even when it is not due. */
  readonly one: (store: WatchStore, name: string) => Promise<RoundSummary>;
}

export function createRounds(config: Config, parts: RoundParts): Rounds {
  const { inspection, observation, clock, escalation, afterRound, log } = parts;
  const { watches, unknownAfterMs, repeatCriticalMs } = config;
  const keepWatches = createKeepWatches({ watches, metaApp: config.app, log });

  const run = async (
    store: WatchStore,
    which: RoundOptions["which"],
    signal: AbortSignal | undefined,
    names?: readonly string[],
  ): Promise<RoundSummary> => {
    await clock.correct(store);
    const deps = {
      ...inspection,
      store,
      watches: names === undefined ? watches : watches.filter(({ name }) => names.includes(name)),
      unknownAfterMs,
      repeatCriticalMs,
      escalation,
      random: Math.random,
      newId: randomUUID,
      onCheck: observation.onCheck,
      log,
    };
    return runRound(deps, which, signal);
  };

  return {
    full: async (store, { which, signal, isRunningBot }) => {
      const startedAt = clock.now();
      await keepWatches(store, startedAt);
      const summary = await run(store, which, signal);
      if (summary.storeProblem === null && summary.ownTrouble === null && signal?.aborted !== true)
        await afterRound(store, { startedAt, endedAt: clock.now(), checked: summary.checked }, isRunningBot);
      return summary;
    },
    one: (store, name) => run(store, "all", undefined, [name]),
  };
}
