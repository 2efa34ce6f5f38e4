import { describe, expect, it } from "vitest";
import { createCourier } from "../../src/outbox/courier.ts";
import type { Pass } from "../../src/outbox/deliver.ts";
import { keepLog } from "../support/keep-log.ts";
import { createVirtualTime } from "../support/virtual-time.ts";

/** A courier whose passes end when the test decides. */
const setUp = () => {
  const passes: { readonly pass: Pass; readonly end: () => void; readonly fail: (error: Error) => void }[] = [];
  const { log, lines } = keepLog();
  const deliver = (pass: Pass): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    passes.push({ pass, end: resolve, fail: reject });
    return promise;
  };
  const time = createVirtualTime();
  let nextTryAt: Date | null = null;
  const restUntil = (at: Date | null): void => {
    nextTryAt = at;
  };
  return {
    courier: createCourier({ deliver, wait: time.wait, nextTryAt: () => nextTryAt, now: time.now, log }),
    passes,
    lines,
    time,
    restUntil,
  };
};
const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

describe("the courier", () => {
  it("is idle until the first wake", async () => {
    const { courier, passes } = setUp();
    await courier.idle();
    expect(passes).toHaveLength(0);
  });

  it("runs one pass at a time, and one more after any number of wakes", async () => {
    const { courier, passes } = setUp();
    courier.wake();
    courier.wake();
    courier.wake();
    expect(passes).toHaveLength(1);
    passes[0]?.end();
    await settle();
    expect(passes).toHaveLength(2);
    passes[1]?.end();
    await courier.idle();
    expect(passes).toHaveLength(2);
  });

  it("wakes again after it was idle", async () => {
    const { courier, passes } = setUp();
    for (const count of [1, 2, 3]) {
      courier.wake();
      passes.at(-1)?.end();
      await courier.idle();
      expect(passes).toHaveLength(count);
    }
  });

  it("signals new work to a running pass", async () => {
    const { courier, passes } = setUp();
    courier.wake();
    const wakeSignal = passes[0]?.pass.wakeSignal;
    await wakeSignal?.raised();
    const heard: string[] = [];
    const hears = wakeSignal?.raised().then(() => heard.push("raised"));
    await settle();
    expect(heard).toEqual([]);
    courier.wake();
    await hears;
    expect(heard).toEqual(["raised"]);
  });

  it("continues after a failed pass", async () => {
    const { courier, passes, lines } = setUp();
    courier.wake();
    courier.wake();
    passes[0]?.fail(new Error("a bug"));
    await settle();
    expect(passes).toHaveLength(2);
    expect(lines).toMatchObject([{ level: 50, msg: "delivery pass failed" }]);
  });

  it("stops at once when idle, and ignores later wakes", async () => {
    const { courier, passes } = setUp();
    expect(await courier.stop(60_000)).toBe(true);
    courier.wake();
    expect(passes).toHaveLength(0);
  });

  it("ends the running pass and starts no other", async () => {
    const { courier, passes } = setUp();
    courier.wake();
    courier.wake();
    const stopping = courier.stop(60_000);
    expect(passes[0]?.pass.signal?.aborted).toBe(true);
    passes[0]?.end();
    expect(await stopping).toBe(true);
    await courier.idle();
    expect(passes).toHaveLength(1);
  });

  it("does not wait longer than its deadline", async () => {
    const { courier } = setUp();
    courier.wake();
    expect(await courier.stop(1)).toBe(false);
  });

  it("runs a pass every minute, from its first wake to its stop", async () => {
    const { courier, passes, time } = setUp();
    courier.wake();
    passes[0]?.end();
    await courier.idle();
    await time.run(time.wait(61_000));
    expect(passes).toHaveLength(2);
    passes[1]?.end();
    await courier.stop(0);
    await time.run(time.wait(120_000));
    expect(passes).toHaveLength(2);
  });

  it("runs a pass when the first of several resting channels may be tried again", async () => {
    const { courier, passes, time, restUntil } = setUp();
    restUntil(new Date(time.now().getTime() + 3_000));
    courier.wake();
    passes[0]?.end();
    await courier.idle();
    await time.run(time.wait(2_900));
    expect(passes).toHaveLength(1);
    await time.run(time.wait(200));
    expect(passes).toHaveLength(2);
    restUntil(null);
    passes[1]?.end();
    await courier.idle();
    await time.run(time.wait(10_000));
    expect(passes).toHaveLength(2);
    await courier.stop(0);
  });
});
