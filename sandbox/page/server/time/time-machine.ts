import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "../../../bot.ts";
import type { Clock } from "../../../clock.ts";
import type { TimeView } from "../../protocol/time-view.ts";
import { createSignal, type Signal } from "../signal.ts";
import { nextStep, type QuietSpan, type Ticks } from "./next-step.ts";
import { settled } from "./settle.ts";

export interface TimeMachineParts {
  readonly clock: Clock;
  readonly bot: Pick<Bot, "nextLine">;
  readonly ticks: Ticks;
  /** The time without news that begins now. Undefined: something may happen at the next tick. */
  readonly quiet: () => Promise<QuietSpan | undefined>;
}

/**
 * Moves the sandbox's clock so that the bot runs whenever it may have news. There is one journey at a time. It is called
 * a flight when it passes over ticks without news.
 */
export interface TimeMachine extends Pick<Signal, "onChange"> {
  readonly running: () => TimeView["running"];
  /**
   * A flight. Resolves when the clock has reached the target or the journey was stopped. Does nothing while another
   * journey runs.
   */
  readonly goTo: (target: Date, signal?: AbortSignal) => Promise<void>;
  /** Moves at this speed, tick by tick, until stopped. */
  readonly play: (hoursPerSecond: number) => Promise<void>;
  /** Resolves when no journey is running. */
  readonly arrived: () => Promise<void>;
  /** Ends the journey after the current step. */
  readonly stop: () => Promise<void>;
}

export function createTimeMachine({ clock, bot, ticks, quiet }: TimeMachineParts): TimeMachine {
  const { onChange, emit } = createSignal();
  let journey: { readonly view: NonNullable<TimeView["running"]>; readonly stopping: AbortController } | undefined;
  let arrived: Promise<void> = Promise.resolve();

  const step = async (target: Date, span: QuietSpan | undefined): Promise<Date> => {
    const { at, tick } = nextStep(ticks, clock.now(), target, span);
    const done = tick ? settled(bot) : undefined;
    clock.set(at);
    await done;
    return at;
  };

  const travel = async (target: Date, signal: AbortSignal, between: Between): Promise<void> => {
    let span: QuietSpan | undefined;
    while (!signal.aborted && clock.now() < target) {
      const before = clock.now();
      const at = await step(target, span);
      span = await between(at.getTime() - before.getTime());
    }
  };

  const begin = (
    target: Date | null,
    outer: AbortSignal | undefined,
    between: (passedMs: number, signal: AbortSignal) => ReturnType<Between>,
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
    goTo: (target, signal) =>
      begin(target, signal, async () => {
        // Between two steps, other work of the server gets its turn.
        await new Promise((resolve) => setImmediate(resolve));
        return quiet();
      }),
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

/** Called after each step. Returns the quiet span that the next step may pass over. */
type Between = (passedMs: number) => Promise<QuietSpan | undefined>;

const HOUR_MS = 3_600_000;
const FOREVER = new Date(8.64e15);
