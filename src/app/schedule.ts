import type { Courier } from "../outbox/courier.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { RoundSummary, StoreProblem } from "../watch/round.ts";
import { createScheduler, type Scheduler } from "../watch/scheduler.ts";
import type { OpenedStore } from "./delivery.ts";
import type { Parts } from "./parts.ts";
import type { RoundOptions } from "./rounds.ts";
import { ownTroubleAfter, storeProblemAfter } from "./store-problem.ts";

export interface Scheduled {
  readonly courier: Pick<Courier, "wake">;
  readonly runRound: (options: RoundOptions) => Promise<RoundSummary>;
  /** Does nothing after its first success. */
  readonly syncOnce: () => Promise<void>;
}

/** Schedules the rounds, without a first tick yet. A freed lease brings a round too. */
export function scheduleRounds(parts: Parts, { store, leases }: OpenedStore, scheduled: Scheduled): Scheduler {
  const { config, now, wait, log } = parts;
  const { courier, runRound, syncOnce } = scheduled;
  let storeProblem: StoreProblem | null = null;
  let ownTrouble: string | null = null;
  const ticks = new EventTarget();
  const scheduler = createScheduler({
    schedule: config.schedule,
    timezone: config.timezone,
    round: async (stopping) => {
      const unset = await clockProblem(parts, store);
      if (unset !== null) return unset;
      await syncOnce();
      const round = await runRound({ which: "due", signal: stopping, isRunningBot: true, ticks });
      storeProblem = storeProblemAfter(storeProblem, round);
      ownTrouble = ownTroubleAfter(ownTrouble, round);
      return storeProblem?.message ?? ownTrouble;
    },
    wake: () => courier.wake(),
    tickDuringRound: () => void ticks.dispatchEvent(new Event("tick")),
    now,
    wait,
    log,
  });
  leases.onFreed(() => {
    if (scheduler.hurry()) courier.wake();
  });
  return scheduler;
}

/** With a clock that was never set, a round would send alerts with wrong times. */
async function clockProblem({ clock, log }: Parts, store: WatchStore): Promise<string | null> {
  if (clock.problem() === null) return null;
  await clock.correct(store);
  const problem = clock.problem();
  if (problem !== null) log.warn({ problem }, "no round runs until the clock is set");
  return problem;
}
