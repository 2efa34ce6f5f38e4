import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createScheduler, type Scheduler, type SchedulerOptions } from "../../src/watch/scheduler.ts";
import { keepLog } from "../support/keep-log.ts";
import { timerWait } from "../support/timer-wait.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The longest time until the scheduler notices a clock change. */
const NOTICE = 10 * SECOND;

let running: Scheduler | undefined;
afterEach(async () => {
  const stopped = running?.stop(0);
  await vi.advanceTimersByTimeAsync(1);
  await stopped;
  running = undefined;
  vi.useRealTimers();
});
beforeEach(() => {
  vi.useFakeTimers();
});

/** The real scheduler, running since `start`, after its first round. `rounds` holds the clock's time at each round. */
const ticking = async (start: string, options: Partial<SchedulerOptions> = {}) => {
  vi.setSystemTime(new Date(start));
  const rounds: Date[] = [];
  const scheduler = createScheduler({
    schedule: "* * * * *",
    timezone: "UTC",
    round: async () => {
      rounds.push(new Date());
      return null;
    },
    wake: () => undefined,
    tickDuringRound: () => undefined,
    now: () => new Date(),
    wait: timerWait,
    log: keepLog().log,
    ...options,
  });
  running = scheduler;
  scheduler.start();
  await vi.advanceTimersByTimeAsync(0);
  rounds.splice(0);
  return { scheduler, rounds };
};

/** Sets the clock and nothing else. Timers count elapsed time, whatever the clock shows. */
const moveClock = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms);
};

const minutesBetween = (rounds: readonly Date[]): readonly number[] =>
  rounds.slice(1).map((at, index) => (at.getTime() - (rounds[index]?.getTime() ?? 0)) / MINUTE);

describe("a clock that is set", () => {
  it("back a day: a round comes at once, and then every minute", async () => {
    const { scheduler, rounds } = await ticking("2026-11-22T08:00:30.000Z");
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(rounds).toHaveLength(5);
    moveClock(-DAY);
    await vi.advanceTimersByTimeAsync(NOTICE);
    expect(rounds).toHaveLength(6);
    expect(scheduler.nextTick()).toEqual(new Date("2026-11-21T08:06:00.000Z"));
    rounds.splice(0);
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(rounds).toHaveLength(60);
    expect(new Set(minutesBetween(rounds))).toEqual(new Set([1]));
  });

  it("back a day: a daily round does not wait two days", async () => {
    const { rounds } = await ticking("2026-11-22T09:00:00.000Z", { schedule: "0 9 * * *" });
    await vi.advanceTimersByTimeAsync(HOUR);
    moveClock(-DAY);
    await vi.advanceTimersByTimeAsync(NOTICE);
    expect(rounds).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(DAY);
    expect(rounds).toHaveLength(2);
  });

  it.each(["* * * * *", "* * * * * *", "0 * * * *"])(
    "forward a month, by %s: one round makes up for it",
    async (schedule) => {
      const { rounds } = await ticking("2026-11-22T08:00:30.000Z", { schedule });
      moveClock(31 * DAY);
      await vi.advanceTimersByTimeAsync(0);
      const startedMs = performance.now();
      await vi.advanceTimersToNextTimerAsync();
      expect(rounds).toHaveLength(1);
      // Missed ticks are not run one by one.
      expect(performance.now() - startedMs).toBeLessThanOrEqual(NOTICE);
      rounds.splice(0);
      await vi.advanceTimersByTimeAsync(HOUR);
      expect(rounds).toHaveLength({ "* * * * *": 60, "* * * * * *": 3_600, "0 * * * *": 1 }[schedule] ?? 0);
    },
  );

  it("back and forth by seconds, as time servers do: no extra round and no missing one", async () => {
    const { rounds } = await ticking("2026-11-22T08:00:30.000Z");
    for (let turn = 0; turn < 60; turn++) {
      moveClock(turn % 2 === 0 ? 2 * SECOND : -2 * SECOND);
      await vi.advanceTimersByTimeAsync(MINUTE);
    }
    expect(rounds).toHaveLength(60);
  });

  it("forward an hour and back an hour: never without a round for more than a minute", async () => {
    const { rounds } = await ticking("2026-11-22T08:00:30.000Z");
    const passed: number[] = [];
    let last = rounds.length;
    for (let turn = 0; turn < 20; turn++) {
      moveClock(turn % 2 === 0 ? HOUR : -HOUR);
      await vi.advanceTimersByTimeAsync(MINUTE);
      passed.push(rounds.length - last);
      last = rounds.length;
    }
    expect(Math.min(...passed)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...passed)).toBeLessThanOrEqual(2);
  });
});

describe("a machine that sleeps", () => {
  it("over five ticks: one round soon after it wakes, then as usual", async () => {
    const { rounds } = await ticking("2026-11-22T08:00:30.000Z", { schedule: "*/5 * * * *" });
    // Timers stop while the machine sleeps; the clock does not.
    moveClock(26 * MINUTE);
    await vi.advanceTimersByTimeAsync(NOTICE);
    expect(rounds).toEqual([new Date("2026-11-22T08:26:40.000Z")]);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(rounds.slice(1)).toEqual([new Date("2026-11-22T08:30:00.000Z"), new Date("2026-11-22T08:35:00.000Z")]);
  });

  it("over the hourly tick: the round is not delayed by the time slept", async () => {
    const { rounds } = await ticking("2026-11-22T08:00:30.000Z", { schedule: "0 * * * *" });
    moveClock(70 * MINUTE);
    await vi.advanceTimersByTimeAsync(NOTICE);
    expect(rounds).toHaveLength(1);
  });

  it("all night, and the next tick is late until the round is done", async () => {
    const { scheduler } = await ticking("2026-11-22T08:00:30.000Z");
    moveClock(10 * HOUR);
    expect(scheduler.nextTick()).toEqual(new Date("2026-11-22T08:01:00.000Z"));
    await vi.advanceTimersByTimeAsync(NOTICE);
    expect(scheduler.nextTick()).toEqual(new Date("2026-11-22T18:01:00.000Z"));
  });
});

describe("summer time", () => {
  it.each([
    ["begins", "Europe/Berlin", "2026-03-28T23:30:30.000Z"],
    ["ends", "Europe/Berlin", "2026-10-24T23:30:30.000Z"],
    ["begins", "America/New_York", "2026-03-08T05:30:30.000Z"],
    ["ends", "America/New_York", "2026-11-01T04:30:30.000Z"],
  ])("%s in %s: a round still comes every minute", async (_what, timezone, start) => {
    const { rounds } = await ticking(start, { timezone });
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    expect(rounds).toHaveLength(180);
    expect(new Set(minutesBetween(rounds))).toEqual(new Set([1]));
  });

  it.each([
    ["begins", "2026-03-27T12:00:00.000Z", [24 * 60, 23 * 60, 24 * 60]],
    ["ends", "2026-10-23T12:00:00.000Z", [24 * 60, 25 * 60, 24 * 60]],
  ])("%s: a daily round comes every day, once", async (_what, start, apart) => {
    const { rounds } = await ticking(start, { timezone: "Europe/Berlin", schedule: "30 2 * * *" });
    await vi.advanceTimersByTimeAsync(4 * DAY);
    expect(minutesBetween(rounds)).toEqual(apart);
  });
});

describe("a round that takes longer than its interval", () => {
  it("skips ticks, never overlaps, and keeps the next tick after it", async () => {
    let [open, most] = [0, 0];
    const ended: Date[] = [];
    const { scheduler } = await ticking("2026-11-22T08:00:00.000Z", {
      round: async () => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, 3.5 * MINUTE));
        open--;
        ended.push(new Date());
        return null;
      },
    });
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(most).toBe(1);
    expect(ended).toHaveLength(15);
    expect(new Set(minutesBetween(ended))).toEqual(new Set([4]));
    expect(scheduler.progress().problem).toBeNull();
  });

  it("never overlaps when the clock is set back during it", async () => {
    const ended: Date[] = [];
    await ticking("2026-11-22T08:00:00.000Z", {
      round: async () => {
        await new Promise((resolve) => setTimeout(resolve, 90 * SECOND));
        ended.push(new Date());
        return null;
      },
    });
    moveClock(-DAY);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(ended.length).toBeGreaterThanOrEqual(4);
    expect(ended.length).toBeLessThanOrEqual(6);
  });
});
