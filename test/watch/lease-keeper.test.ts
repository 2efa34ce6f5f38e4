import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLeaseKeeper } from "../../src/watch/lease-keeper.ts";
import type { LeaseState } from "../../src/watch/ports.ts";
import { keepLog } from "../support/keep-log.ts";
import { timerWait } from "../support/timer-wait.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const OURS: LeaseState = { owner: "a", exclusive: false, freed: 0 };

const setUp = async (first: LeaseState = OURS) => {
  let state: LeaseState | Error = first;
  let words = 0;
  let told = 0;
  const { log, lines } = keepLog();
  const keeper = createLeaseKeeper({ machineNow: () => new Date(), wait: timerWait, log });
  keeper.onFreed(() => {
    told++;
  });
  await keeper.start({
    keepLeases: async () => {
      words++;
      if (state instanceof Error) throw state;
      return state;
    },
  });
  return {
    keeper,
    lines,
    words: () => words,
    told: () => told,
    answer: (next: LeaseState | Error) => {
      state = next;
    },
  };
};

it("sends a heartbeat at once and every two seconds, until it is stopped", async () => {
  const { keeper, words } = await setUp();
  expect(words()).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(words()).toBe(6);
  keeper.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(words()).toBe(6);
});

it("reports freed leases of other programs", async () => {
  const { told, answer, lines } = await setUp();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told()).toBe(0);
  answer({ ...OURS, freed: 3 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told()).toBe(1);
  expect(lines).toMatchObject([{ freed: 3, msg: "freed the leases of a dead program" }]);
});

it("does not trust a claim while the store does not answer, and trusts it again when no program took it over", async () => {
  const { keeper, told, answer, lines } = await setUp();
  const held = keeper.holding();
  answer(new Error("away"));
  await vi.advanceTimersByTimeAsync(4_000);
  expect(held()).toBe(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(held()).toBe(false);
  answer(OURS);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(held()).toBe(true);
  expect(told()).toBe(1);
  // Once, however often it failed.
  expect(lines).toHaveLength(1);
});

it("gives up old claims after others took over, and trusts new claims", async () => {
  const { keeper, told, answer } = await setUp();
  const before = keeper.holding();
  // The process is suspended: time passes and no timer fires.
  vi.setSystemTime(Date.now() + 10_000);
  expect(before()).toBe(false);
  answer({ ...OURS, owner: "b" });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(before()).toBe(false);
  expect(keeper.holding()()).toBe(true);
  expect(told()).toBe(1);
});

it("never gives up a claim that no program can take over", async () => {
  const { keeper } = await setUp({ ...OURS, exclusive: true });
  const held = keeper.holding();
  vi.setSystemTime(Date.now() + 600_000);
  expect(held()).toBe(true);
});
