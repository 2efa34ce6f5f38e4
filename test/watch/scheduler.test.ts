import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createScheduler, scheduleProblem, type Scheduler, type SchedulerOptions } from "../../src/watch/scheduler.ts";
import { after, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { timerWait } from "../support/timer-wait.ts";

const MINUTE = 60_000;

let running: Scheduler | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(async () => {
  const stopped = running?.stop(0);
  await vi.advanceTimersByTimeAsync(1);
  await stopped;
  running = undefined;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const setUp = (overrides: Partial<SchedulerOptions> = {}) => {
  const work: string[] = [];
  const { log, lines } = keepLog();
  const scheduler = createScheduler({
    schedule: "* * * * *",
    timezone: "UTC",
    round: async () => {
      work.push("round");
      return null;
    },
    wake: () => void work.push("wake"),
    tickDuringRound: () => void work.push("tick"),
    now: () => new Date(),
    wait: timerWait,
    log,
    ...overrides,
  });
  running = scheduler;
  return { scheduler, work, lines };
};

/** Work that ends when the test decides. */
const held = () => {
  const { promise, resolve } = Promise.withResolvers<null>();
  return { work: () => promise, finish: () => resolve(null) };
};

describe("the scheduler", () => {
  it("does nothing before it is started", async () => {
    const { scheduler, work } = setUp();
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(work).toEqual([]);
    expect(scheduler.nextTick()).toBeNull();
    expect(scheduler.progress()).toEqual({ roundEndedAt: null, runningSince: null, problem: null });
  });

  it("ticks at once, to catch up, and then by the schedule: a round, then a call to deliver", async () => {
    const { scheduler, work } = setUp();
    scheduler.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(work).toEqual(["round", "wake"]);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(work).toEqual(["round", "wake", "round", "wake", "round", "wake"]);
  });

  it("runs a round at once when hurried, one more after a running one, and none before its start", async () => {
    const first = held();
    const rounds: (() => Promise<null>)[] = [first.work];
    const { scheduler, work } = setUp({
      round: async () => {
        work.push("round");
        return (await rounds.shift()?.()) ?? null;
      },
    });
    expect(scheduler.hurry()).toBe(false);
    scheduler.start();
    expect(scheduler.hurry()).toBe(true);
    expect(scheduler.hurry()).toBe(true);
    expect(work).toEqual(["round"]);
    first.finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(work).toEqual(["round", "wake", "round", "wake"]);
    scheduler.hurry();
    await vi.advanceTimersByTimeAsync(0);
    expect(work).toEqual(["round", "wake", "round", "wake", "round", "wake"]);
    await scheduler.stop(0);
    expect(scheduler.hurry()).toBe(false);
  });

  it("accepts seconds as a sixth field", async () => {
    const { scheduler, work } = setUp({ schedule: "*/10 * * * * *" });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(work.filter((step) => step === "round")).toHaveLength(4);
  });

  it("calls for a delivery after a failed round too, and keeps ticking", async () => {
    const { scheduler, work, lines } = setUp({ round: () => Promise.reject(new Error("broken")) });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(work).toEqual(["wake", "wake"]);
    expect(lines).toMatchObject([{ level: 50, msg: "round failed" }, { level: 50 }]);
    expect(scheduler.progress()).toMatchObject({ roundEndedAt: null, problem: "broken" });
  });

  it("keeps a tick due until a round completes, even while a round runs", async () => {
    let problem: string | null = null;
    let work: () => Promise<null> = () => Promise.resolve(null);
    const { scheduler } = setUp({ round: async () => (await work()) ?? problem });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(0);
    const due = after(MINUTE);
    expect(scheduler.nextTick()).toEqual(due);
    problem = "The disk is full.";
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(scheduler.progress()).toEqual({ roundEndedAt: NOW, runningSince: null, problem });
    expect(scheduler.nextTick()).toEqual(due);
    const slow = held();
    work = slow.work;
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(scheduler.progress().runningSince).toEqual(after(4 * MINUTE));
    expect(scheduler.nextTick()).toEqual(due);
    problem = null;
    slow.finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(scheduler.progress()).toEqual({ roundEndedAt: after(4 * MINUTE), runningSince: null, problem: null });
    expect(scheduler.nextTick()).toEqual(after(5 * MINUTE));
  });

  it("never lets two ticks overlap", async () => {
    let rounds = 0;
    const { work, finish } = held();
    const round = () => {
      rounds++;
      return work();
    };
    const { scheduler, work: done } = setUp({ round });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(4 * MINUTE);
    expect(done).toEqual(Array(4).fill("tick"));
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(rounds).toBe(1);
    // Findings of a long round do not wait for its end.
    expect(done.slice(4)).toEqual(["tick", "wake", "tick", "wake", "tick", "wake"]);
    expect(scheduler.progress()).toEqual({ roundEndedAt: null, runningSince: NOW, problem: null });
    expect(scheduler.nextTick()).toBeNull();
    finish();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(rounds).toBe(2);
  });

  it("knows the next tick, even when it is late", async () => {
    const { scheduler } = setUp({ schedule: "*/15 * * * *" });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(scheduler.nextTick()).toEqual(new Date("2026-11-22T08:15:00.000Z"));
    vi.setSystemTime(new Date("2026-11-22T09:00:00.000Z"));
    expect(scheduler.nextTick()).toEqual(new Date("2026-11-22T08:15:00.000Z"));
  });

  it("ticks in its time zone", async () => {
    const { scheduler, work } = setUp({ schedule: "30 9 * * *", timezone: "Europe/Berlin" });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(30 * MINUTE);
    expect(work).toHaveLength(4);
  });
});

describe("stopping", () => {
  it("waits for the running round, whose signal is aborted", async () => {
    const { work: endless, finish } = held();
    const signals: AbortSignal[] = [];
    const round = (signal: AbortSignal) => {
      signals.push(signal);
      return endless();
    };
    const { scheduler, work } = setUp({ round });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(0);
    const stopped = scheduler.stop(10_000);
    expect(signals[0]?.aborted).toBe(true);
    finish();
    expect(await stopped).toBe(true);
    expect(work).toEqual(["wake"]);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(signals).toHaveLength(1);
  });

  it("gives up at the deadline", async () => {
    const { work, finish } = held();
    const { scheduler } = setUp({ round: work });
    scheduler.start();
    await vi.advanceTimersByTimeAsync(0);
    const stopped = scheduler.stop(10_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await stopped).toBe(false);
    finish();
  });

  it("is immediate when nothing runs, and leaves no timer", async () => {
    const { scheduler } = setUp();
    scheduler.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(await scheduler.stop(10_000)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a schedule", () => {
  it.each(["* * * * *", "*/10 * * * * *", "0 9 * * 1-5"])("%s is accepted", (schedule) => {
    expect(scheduleProblem(schedule, "UTC")).toBeUndefined();
  });

  it.each([
    ["every minute", "UTC"],
    ["61 * * * *", "UTC"],
    ["* * * * *", "Mars/Olympus"],
  ])("%s in %s is refused with a reason", (schedule, timezone) => {
    expect(scheduleProblem(schedule, timezone)).toMatch(/\w+/);
  });
});
