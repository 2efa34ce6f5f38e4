import { expect, it } from "vitest";
import { gatherSaves } from "../../src/outbox/gather-saves.ts";
import type { Sent } from "../../src/outbox/outbox.ts";
import { patiently } from "../../src/outbox/patient-save.ts";
import { NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { createVirtualTime } from "../support/virtual-time.ts";
import { aDelivery, aMessage } from "./a-delivery.ts";

const sent = (id: string): Sent => ({
  claim: { ...aDelivery(aMessage("alert", { id }), [], []), lease: "l", claimedAt: NOW },
  call: { kind: "forget", settles: [] },
  ref: null,
  at: NOW,
});

/** A store that saves everything except when `fails` says so. `kept` returns the times in milliseconds. */
const saving = (fails: (all: readonly string[], atMs: number) => boolean, signal?: AbortSignal) => {
  const time = createVirtualTime();
  const tries: string[] = [];
  const kept = new Map<string, number>();
  const saveAll = async (all: readonly Sent[]): Promise<void> => {
    const ids = all.map(({ claim }) => claim.message.id);
    const atMs = time.now().getTime() - NOW.getTime();
    tries.push(ids.join("+"));
    await Promise.resolve();
    if (fails(ids, atMs)) throw new Error("the disk is full");
    for (const id of ids) kept.set(id, atMs);
  };
  const { log, lines } = keepLog();
  const save = patiently(gatherSaves(saveAll), (one) => saveAll([one]), { wait: time.wait, signal, log });
  return { save: (id: string) => save(sent(id)), time, tries, kept, lines };
};

/** Fails this many times, then succeeds. */
const failing = (times: number): (() => boolean) => {
  let tries = 0;
  return () => ++tries <= times;
};

it("retries the save of an accepted call until the store succeeds", async () => {
  const { save, time, tries, lines } = saving(failing(5));
  await time.run(save("a"));
  expect(tries).toHaveLength(6);
  expect(lines).toMatchObject(Array.from({ length: 5 }, () => ({ message: "a" })));
});

it("stops retrying when the lease is nearly over", async () => {
  const { save, time, tries } = saving(failing(100));
  await expect(time.run(save("a"))).rejects.toThrow("the disk is full");
  expect(tries).toHaveLength(8);
});

it("does not delay the stop of the bot", async () => {
  const { save, time, tries } = saving(failing(100), AbortSignal.abort());
  await expect(time.run(save("a"))).rejects.toThrow("the disk is full");
  expect(tries).toHaveLength(1);
});

it("saves the other calls of a batch when one call can never be saved", async () => {
  const { save, time, tries, kept } = saving((ids) => ids.includes("bad"));
  const ended = await time.run(Promise.allSettled(["a", "bad", "b"].map(save)));
  expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(tries.slice(0, 4)).toEqual(["a+bad+b", "a", "bad", "b"]);
  expect(Object.fromEntries(kept)).toEqual({ a: 500, b: 500 });
});

it("does not delay a save by the retries of another", async () => {
  const { save, time, kept } = saving((ids) => ids.includes("bad"));
  const later = async (): Promise<void> => {
    await time.wait(5_000);
    await save("later");
  };
  await time.run(Promise.allSettled([save("bad"), later()]));
  expect(Object.fromEntries(kept)).toEqual({ later: 5_000 });
});
