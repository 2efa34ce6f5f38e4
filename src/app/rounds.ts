import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import type { Escalation } from "../alert/escalate.ts";
import { speakingThresholds } from "../renewal/rules/unattended.ts";
import type { WatchStore } from "../watch/ports.ts";
import { bookOf } from "../watch/watch-book.ts";
import { runRound, type RoundDeps, type RoundSummary } from "../watch/round.ts";
import type { AfterRound } from "./after-round.ts";
import type { FleetBook } from "./fleets/fleet-book.ts";
import type { Budgets } from "./budgets.ts";
import type { Clock } from "./clock.ts";
import type { Inspection } from "./inspection.ts";
import { createKeepWatches } from "./keep-watches.ts";
import type { Observation } from "./observation.ts";

export interface RoundParts {
  readonly watches: FleetBook;
  readonly inspection: Inspection;
  readonly budgets: Budgets;
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
  /** The ticks of the schedule during the round. */
  readonly ticks?: RoundDeps["ticks"];
  /** True when reads of the previous check may be used near Meta's limit for an account. */
  readonly usesEarlierReads?: boolean;
}

export interface Rounds {
  /** Runs a round over the whole watchlist, and the steps after it. */
  readonly full: (store: WatchStore, options: RoundOptions) => Promise<RoundSummary>;
  /** Checks one watch at once, even when it is not due. */
  readonly one: (store: WatchStore, name: string) => Promise<RoundSummary>;
  /** Checks these watches at once, even when they are not due. */
  readonly these: (store: WatchStore, names: readonly string[]) => Promise<RoundSummary>;
}

export function createRounds(config: Config, parts: RoundParts): Rounds {
  const { watches, inspection, budgets, observation, clock, escalation, afterRound, log } = parts;
  const { unknownAfterMs, repeatCriticalMs } = config;
  const keepWatches = createKeepWatches({ watches, metaApp: config.app, log });

  const run = async (
    store: WatchStore,
    { which, signal, ticks, usesEarlierReads }: Omit<RoundOptions, "isRunningBot">,
    names?: readonly string[],
  ): Promise<RoundSummary> => {
    await clock.correct(store);
    const claimDue = names === undefined ? budgets.claims(store) : budgets.claimsForPerson(store);
    const deps = {
      ...inspection,
      store: { ...store, claimDue },
      watches: names === undefined ? watches : bookOf(names.flatMap((name) => watches.get(name) ?? [])),
      unknownAfterMs,
      repeatCriticalMs,
      escalation,
      random: Math.random,
      newId: randomUUID,
      onCheck: observation.onCheck,
      inspectionsAtOnce: config.inspectionsAtOnce,
      onEnd: budgets.ended,
      isPaused: (name: string) => budgets.pausedUntil(name) !== null,
      warnAt: warningOf(store),
      usesEarlierReads,
      ticks,
      log,
    };
    const summary = await runRound(deps, which, signal);
    if (summary.checked > 0) await budgets.share(store);
    return summary;
  };

  return {
    full: async (store, options) => {
      const startedAt = clock.now();
      await keepWatches(store, startedAt);
      const summary = await run(store, options);
      if (summary.storeProblem === null && summary.ownTrouble === null && options.signal?.aborted !== true)
        await afterRound(store, { startedAt, endedAt: clock.now(), checked: summary.checked }, options.isRunningBot);
      return summary;
    },
    one: (store, name) => run(store, { which: "all" }, [name]),
    these: (store, names) => run(store, { which: "all" }, names),
  };
}

/** A watch that refreshes its token by itself warns later than the others, unless its last refresh failed. */
function warningOf(store: Pick<WatchStore, "findRenewal">): NonNullable<RoundDeps["warnAt"]> {
  return async ({ name, policy, renew }, { verdict }) =>
    renew.write === undefined || renew.beforeMs === undefined
      ? policy.warnAt
      : speakingThresholds(policy.warnAt, renew, verdict, await store.findRenewal(name));
}
