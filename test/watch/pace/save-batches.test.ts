import { describe, expect, it } from "vitest";
import type { RoundResult } from "../../../src/watch/ports.ts";
import { createSaveBatches } from "../../../src/watch/pace/save-batches.ts";
import { after, NOW } from "../../support/builders.ts";
import { anOutcome, aState } from "../../store/contract/states.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const nameOf = ({ claim }: RoundResult): string => claim.watch;

/** A store that saves every batch in turn, unless `save` does otherwise. */
const setUp = (
  save: (names: readonly string[]) => Promise<readonly boolean[]> = async (all) => all.map(() => true),
) => {
  const batches: string[][] = [];
  const timers: { readonly ms: number; readonly end: () => void }[] = [];
  let isMoreComing = true;
  let now = NOW;
  const saves = createSaveBatches({
    store: {
      saveRounds: async (batch) => {
        batches.push(batch.map(nameOf));
        return save(batch.map(nameOf));
      },
    },
    now: () => now,
    wait: (ms) => new Promise((resolve) => timers.push({ ms, end: resolve })),
    isMoreComing: () => isMoreComing,
  });
  return {
    saves,
    batches,
    timers,
    add: (...names: readonly string[]) =>
      names.map((watch) => {
        const state = aState();
        return saves.save({ claim: { watch, state, lease: "lease" }, outcome: anOutcome({ state }) });
      }),
    noMore: () => {
      isMoreComing = false;
    },
    setNow: (next: Date) => {
      now = next;
    },
  };
};

const many = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `w${index}`);

describe("results of inspections", () => {
  it("wait for others for 100 ms, and are then saved together", async () => {
    const { add, batches, timers } = setUp();
    const saved = add("a", "b", "c");
    await settle();
    expect(batches).toEqual([]);
    expect(timers.map(({ ms }) => ms)).toEqual([100]);
    timers[0]?.end();
    expect(await Promise.all(saved)).toEqual([true, true, true]);
    expect(batches).toEqual([["a", "b", "c"]]);
  });

  it("do not wait when no other comes", async () => {
    const { add, noMore, batches } = setUp();
    const [first] = add("a");
    noMore();
    const [second] = add("b");
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(batches).toEqual([["a", "b"]]);
  });

  it("are saved at once when 200 wait", async () => {
    const { add, batches, timers, saves } = setUp();
    const saved = add(...many(201));
    await Promise.all(saved.slice(0, 200));
    expect(batches.map(({ length }) => length)).toEqual([200]);
    expect(saves.isFull()).toBe(false);
    // The last one waits for its own time.
    for (const { end } of timers) end();
    expect(await saved[200]).toBe(true);
  });

  it("are saved one batch at a time, and a slow store holds back new inspections", async () => {
    const first = Promise.withResolvers<void>();
    const { add, batches, saves } = setUp(async (names) => {
      await first.promise;
      return names.map(() => true);
    });
    const saved = add(...many(400));
    await settle();
    expect(batches).toHaveLength(1);
    expect(saves.isFull()).toBe(true);
    first.resolve();
    expect(await Promise.all(saved)).toEqual(many(400).map(() => true));
    expect(saves.isFull()).toBe(false);
    expect(batches.map(({ length }) => length)).toEqual([200, 200]);
  });

  it("get the answer of the store for their own watch", async () => {
    const { add, noMore } = setUp(async (names) => names.map((name) => name !== "refused"));
    const early = add("a", "refused");
    noMore();
    expect(await Promise.all([...early, ...add("b")])).toEqual([true, false, true]);
  });

  it("are saved although another result of their batch cannot be saved", async () => {
    const { add, noMore, batches } = setUp((names) =>
      names.includes("bad") ? Promise.reject(new Error("bad row")) : Promise.resolve(names.map(() => true)),
    );
    const early = add("a", "bad", "b");
    noMore();
    const all = await Promise.allSettled([...early, ...add("c")]);
    expect(all.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual([
      true,
      "Error: bad row",
      true,
      true,
    ]);
    expect(batches).toEqual([["a", "bad", "b", "c"], ["a"], ["bad"], ["b"], ["c"]]);
  });

  it("are given up together when the store fails slowly", async () => {
    let calls = 0;
    const { add, noMore, setNow } = setUp(() => {
      setNow(after(++calls * 10_000));
      return Promise.reject(new Error("away"));
    });
    const early = add(...many(50));
    noMore();
    const all = await Promise.allSettled([...early, ...add("last")]);
    expect(all.every(({ status }) => status === "rejected")).toBe(true);
    expect(calls).toBe(4);
  });

  it("are saved after a batch that failed", async () => {
    let isAway = true;
    const { add, noMore } = setUp((names) =>
      isAway ? Promise.reject(new Error("away")) : Promise.resolve(names.map(() => true)),
    );
    noMore();
    await expect(add("a")[0]).rejects.toThrow("away");
    isAway = false;
    expect(await add("a")[0]).toBe(true);
  });
});
