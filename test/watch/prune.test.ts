import { describe, expect, it } from "vitest";
import { runPrune } from "../../src/watch/prune.ts";
import { after, NOW } from "../support/builders.ts";
import { openMemoryStore } from "../support/memory-store.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const setUp = async () => {
  const before: (readonly unknown[])[] = [];
  const prune = (...dates: readonly unknown[]) => Promise.resolve(before.push(dates));
  const store = { ...(await openMemoryStore()), prune };
  return { before, store, at: (ms: number) => runPrune(store, after(ms)) };
};

describe("old data", () => {
  it("is deleted after 400 days, and Home viewers after 30", async () => {
    const { before, at } = await setUp();
    expect(await at(-DAY)).toBeNull();
    expect(await at(0)).toBe(1);
    expect(before).toEqual([[after(-400 * DAY), after(-30 * DAY)]]);
  });

  it("is deleted once a day", async () => {
    const { before, at } = await setUp();
    for (const ms of [-DAY, 0, HOUR, DAY - 1]) await at(ms);
    expect(before).toHaveLength(1);
    expect(await at(DAY)).toBe(2);
    expect(await at(DAY + HOUR)).toBeNull();
  });

  it("is deleted by one replica", async () => {
    const { before, at } = await setUp();
    await at(-DAY);
    await Promise.all([at(0), at(0), at(5)]);
    expect(before).toHaveLength(1);
  });

  it.each([31 * DAY, 7 * DAY])("is deleted even when rounds are rare: every %i ms", async (every) => {
    const { before, at } = await setUp();
    for (const times of [0, 1, 2, 3]) await at(times * every);
    expect(before).toHaveLength(3);
  });

  it("stays when a clock is far ahead for a while, so at least a year is left", async () => {
    const { before, at } = await setUp();
    for (const ms of [-DAY, 0]) await at(ms);
    for (const ms of [400 * DAY, 400 * DAY + HOUR, 38 * DAY, HOUR, 2 * HOUR]) expect(await at(ms)).toBeNull();
    expect(before).toEqual([[after(-400 * DAY), after(-30 * DAY)]]);
    expect(await at(DAY + HOUR)).toBe(2);
  });

  it("is deleted a day later when the store fails", async () => {
    const { store, at } = await setUp();
    await at(-DAY);
    const failing = { ...store, prune: () => Promise.reject(new Error("away")) };
    await expect(runPrune(failing, NOW)).rejects.toThrow("away");
    expect(await runPrune(failing, after(HOUR))).toBeNull();
  });
});
