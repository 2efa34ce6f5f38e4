import { describe, expect, it } from "vitest";
import { runPrune } from "../../src/watch/prune.ts";
import { after, NOW } from "../support/builders.ts";
import { createMemoryStore } from "../support/memory-store.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const setUp = () => {
  const before: (readonly unknown[])[] = [];
  const prune = (...dates: readonly unknown[]) => Promise.resolve(before.push(dates));
  const store = { ...createMemoryStore(), prune };
  return { before, store, at: (ms: number) => runPrune(store, after(ms)) };
};

describe("what is over for long", () => {
  it("is forgotten after 400 days, who opened the Home after 30", async () => {
    const { before, at } = setUp();
    expect(await at(0)).toBe(1);
    expect(before).toEqual([[after(-400 * DAY), after(-30 * DAY)]]);
  });

  it("is looked for once a day", async () => {
    const { before, at } = setUp();
    for (const ms of [0, HOUR, DAY - 1]) await at(ms);
    expect(before).toHaveLength(1);
    expect(await at(DAY)).toBe(2);
    expect(await at(DAY + HOUR)).toBeNull();
  });

  it("is looked for by one replica", async () => {
    const { before, at } = setUp();
    await Promise.all([at(0), at(0), at(5)]);
    expect(before).toHaveLength(1);
  });

  it("is looked for again after a clock that was far ahead", async () => {
    const { before, at } = setUp();
    await at(100 * DAY);
    await at(0);
    expect(before).toHaveLength(2);
  });

  it("waits for the next day when the store fails", async () => {
    const { store } = setUp();
    const failing = { ...store, prune: () => Promise.reject(new Error("away")) };
    await expect(runPrune(failing, NOW)).rejects.toThrow("away");
    expect(await runPrune(failing, after(HOUR))).toBeNull();
  });
});
