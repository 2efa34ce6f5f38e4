import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "../../../bot.ts";
import type { Clock } from "../../../clock.ts";
import type { TimeView } from "../../protocol/time-view.ts";
import { createSignal, type Signal } from "../signal.ts";
import { nextStep, type Ticks } from "./next-step.ts";
import { settled } from "./settle.ts";

export interface TimeMachineParts {
  readonly clock: Clock;
  readonly bot: Pick<Bot, "nextLine">;
  readonly ticks: Ticks;
}

/** Moves the sandbox's clock so that the bot runs at every tick. There is one journey at a time. */
export interface TimeMachine extends Pick<Signal, "onChange"> {
  readonly running: () => TimeView["running"];
  /**
   * Resolves when the clock has reached the target or the journey was stopped. Does nothing while another journey runs.
   */
  readonly goTo: (target: Date, signal?: AbortSignal) => Promise<void>;
  /** Moves at this speed until stopped. */
  readonly play: (hoursPerSecond: number) => Promise<void>;
  /** Resolves when no journey is running. */
  readonly arrived: () => Promise<void>;
  /** Ends the journey after the current step. */
  readonly stop: () => Promise<void>;
}

export function createTimeMachine({ clock, bot, ticks }: TimeMachineParts): TimeMachine {
  const { onChange, emit } = createSignal();
  let journey: { readonly view: NonNullable<TimeView["running"]>; readonly stopping: AbortController } | undefined;
  let arrived: Promise<void> = Promise.resolve();

  const step = async (target: Date): Promise<Date> => {
    const { at, tick } = nextStep(ticks, clock.now(), target);
    const done = tick ? settled(bot) : undefined;
    clock.set(at);
    await done;
    return at;
  };

  const travel = async (target: Date, signal: AbortSignal, between: (passedMs: number) => Promise<void>) => {
    while (!signal.aborted && clock.now() < target) {
      const before = clock.now();
      const at = await step(target);
      await between(at.getTime() - before.getTime());
    }
  };

  const begin = (
    target: Date | null,
    outer: AbortSignal | undefined,
    between: (passedMs: number, signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    if (journey !== undefined) return arrived;
    const stopping = new AbortController();
    const signal = outer === undefined ? stopping.signal : AbortSignal.any([stopping.signal, outer]);
    journey = { view: { from: clock.now().toISOString(), to: target?.toISOString() ?? null }, stopping };
    emit();
    arrived = travel(target ?? FOREVER, signal, (passedMs) => between(passedMs, signal)).finally(() => {
      journey = undefined;
      emit();
    });
    return arrived;
  };

  return {
    onChange,
    running: () => journey?.view ?? null,
    // Between two steps, other work of the server gets its turn.
    goTo: (target, signal) => begin(target, signal, () => new Promise((resolve) => setImmediate(resolve))),
    play: (hoursPerSecond) =>
      begin(null, undefined, (passedMs, signal) =>
        sleep((passedMs / HOUR_MS / hoursPerSecond) * 1000, undefined, { signal }).catch(() => undefined),
      ),
    arrived: () => arrived,
    stop: async () => {
      journey?.stopping.abort();
      await arrived;
    },
  };
}

const HOUR_MS = 3_600_000;
const FOREVER = new Date(8.64e15);
