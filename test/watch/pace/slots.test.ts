import { describe, expect, it } from "vitest";
import { createSlots } from "../../../src/watch/pace/slots.ts";
import { after, NOW } from "../../support/builders.ts";

const now = (): Date => NOW;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("slots", () => {
  it("are free until they are taken, and again after their release", () => {
    const slots = createSlots(() => 2, now);
    const [first] = [slots.take(), slots.take()];
    expect([slots.free(), slots.taken()]).toEqual([0, 2]);
    first?.release();
    first?.release();
    expect([slots.free(), slots.taken()]).toEqual([1, 1]);
  });

  it("are free during a pause, and earlier work comes back before new work", async () => {
    const slots = createSlots(() => 1, now);
    const first = slots.take();
    const pause = Promise.withResolvers<void>();
    let isBack = false;
    const back = first.pause(() => pause.promise).then(() => (isBack = true));
    expect(slots.free()).toBe(1);
    const second = slots.take();
    pause.resolve();
    await settle();
    expect(isBack).toBe(false);
    second.release();
    expect(slots.free()).toBe(0);
    await back;
    first.release();
    expect(slots.free()).toBe(1);
  });

  it("come back after a pause that failed", async () => {
    const slots = createSlots(() => 1, now);
    const slot = slots.take();
    await expect(slot.pause(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(slots.taken()).toBe(1);
  });

  it("follow a limit that changes, without an end of work", async () => {
    let limit = 3;
    const slots = createSlots(() => limit, now);
    const [first, second, third] = [slots.take(), slots.take(), slots.take()];
    limit = 1;
    expect(slots.free()).toBe(0);
    first?.release();
    second?.release();
    expect([slots.free(), slots.taken()]).toEqual([0, 1]);
    limit = 4;
    expect(slots.free()).toBe(3);
    third?.release();
  });

  it("let all pausing work back when a higher limit has room", async () => {
    let limit = 1;
    const slots = createSlots(() => limit, now);
    const paused = [slots.take().pause(() => Promise.resolve())];
    const busy = slots.take();
    limit = 2;
    paused.push(slots.take().pause(() => settle()));
    const other = slots.take();
    await settle();
    limit = 4;
    busy.release();
    other.release();
    await Promise.all(paused);
    expect(slots.taken()).toBe(2);
  });

  it("give no slot to new work while ten pauses for each slot run", async () => {
    const slots = createSlots(() => 1, now);
    const end = Promise.withResolvers<void>();
    const pauses = Array.from({ length: 10 }, () => slots.take().pause(() => end.promise));
    expect(slots.free()).toBe(0);
    end.resolve();
    const first = await Promise.race(pauses.map((pause, index) => pause.then(() => index)));
    expect(first).toBe(0);
    expect(slots.free()).toBe(0);
  });

  it("count the time of work without the pauses, and no time that the clock was set back", async () => {
    let time = NOW;
    const slots = createSlots(
      () => 1,
      () => time,
    );
    const slot = slots.take();
    time = after(100);
    await slot.pause(async () => {
      time = after(2_100);
    });
    time = after(2_150);
    expect(slot.workedMs()).toBe(150);
    time = after(1_000);
    expect(slot.workedMs()).toBe(100);
  });

  it("wake one waiting task", async () => {
    const slots = createSlots(() => 1, now);
    const woken = slots.changed();
    slots.wake();
    await expect(woken).resolves.toBeUndefined();
  });
});
