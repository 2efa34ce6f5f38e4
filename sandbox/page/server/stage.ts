import type { Bot } from "../../bot.ts";
import { openWorld, type World } from "../../world.ts";
import { createGate } from "./gate.ts";
import { openMemoryStore } from "./memory-store.ts";
import { BOT_START, type Deployment, deployPageTokens, PAGE_WORLD } from "./page-world.ts";
import type { Signal } from "./signal.ts";
import { createStartCard, type StartCard } from "./start/start-card.ts";
import type { Ticks } from "./time/next-step.ts";
import { createMoments } from "./time/moment.ts";
import { nextThreshold, type Threshold, thresholdsOf } from "./time/next-threshold.ts";
import { createQuietSpan } from "./time/quiet-span.ts";
import { createPageWait } from "./time/page-wait.ts";
import { createTimeMachine, type TimeMachine } from "./time/time-machine.ts";
import { createJournal, type Journal } from "./timeline/journal.ts";
import { createTimeline, type Timeline } from "./timeline/timeline.ts";
import { createFaultSwitches, type FaultSwitches } from "./world/faults.ts";
import { createTokenDesk, type TokenDesk } from "./world/token-desk.ts";

/** One world with the real bot in it, and every way to change it. A reset opens another stage. */
export interface Stage extends Pick<Signal, "onChange"> {
  readonly epoch: number;
  readonly deployment: Deployment;
  readonly world: World;
  readonly bot: Bot;
  readonly desk: TokenDesk;
  readonly faults: FaultSwitches;
  readonly machine: TimeMachine;
  readonly ticks: Ticks;
  readonly journal: Journal;
  readonly timeline: Timeline;
  readonly start: StartCard;
  readonly nextThreshold: () => Threshold | undefined;
  /** Lets the clock catch up with real time before an action of a person; see moment.ts. */
  readonly passMoment: () => void;
  readonly close: () => Promise<void>;
}

export interface StageOptions {
  readonly deployment: Deployment;
  /** See WorldOptions. */
  readonly dataDir?: string;
  /** Real time in milliseconds, from a clock that never goes back. */
  readonly realNow?: (() => number) | undefined;
}

/** Opens a fresh world and waits until the bot has checked every token and posted its alerts. */
export async function openStage(
  epoch: number,
  { deployment, realNow = steadyNow, ...where }: StageOptions,
): Promise<Stage> {
  await using opening = new AsyncDisposableStack();
  const world = await openWorld({ ...PAGE_WORLD, ...where });
  opening.defer(world.close);
  const { config, clock, slack } = world;
  const desk = createTokenDesk(world, deployPageTokens(world, deployment));
  clock.set(BOT_START);
  const journal = createJournal(await openMemoryStore());
  const bot = await world.startBot({ store: journal.store, wait: createPageWait(clock) });
  const ticks = { schedule: config.schedule, timezone: config.timezone };
  const faults = createFaultSwitches(world);
  const quiet = createQuietSpan({ world, journal, faults, desk });
  const machine = createTimeMachine({ clock, bot, ticks, quiet });
  opening.defer(machine.stop);
  const flying = (): boolean => machine.running() !== null;
  const timeline = createTimeline({ world, desk, journal, machine, ticks });
  opening.defer(timeline.close);
  await timeline.refresh();
  const start = createStartCard(deployment === "calm");
  const gate = createGate([{ onChange: slack.subscribe }, clock, desk, faults, machine, timeline, start], flying);
  opening.defer(gate.close);
  const opened = opening.move();
  return {
    epoch,
    deployment,
    world,
    bot,
    desk,
    faults,
    machine,
    ticks,
    journal,
    timeline,
    start,
    onChange: gate.onChange,
    nextThreshold: () => thresholdsAhead(world, desk),
    passMoment: createMoments(clock, realNow),
    close: () => opened.disposeAsync(),
  };
}

function steadyNow(): number {
  return performance.now();
}

function thresholdsAhead({ config, clock }: World, desk: TokenDesk): Threshold | undefined {
  const all = config.watches.flatMap((watch) => {
    const token = desk.deployed(watch.name).at(-1)?.token;
    return token === undefined ? [] : thresholdsOf(watch, token);
  });
  return nextThreshold(all, clock.now());
}
