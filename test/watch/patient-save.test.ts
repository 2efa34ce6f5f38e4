import { expect, it } from "vitest";
import { patiently } from "../../src/watch/patient-save.ts";
import { keepLog } from "../support/keep-log.ts";
import { createVirtualTime } from "../support/virtual-time.ts";

/** A save that fails so often before it succeeds. */
const failing = (times: number, signal?: AbortSignal) => {
  const time = createVirtualTime();
  let tries = 0;
  const sent = async (): Promise<void> => {
    tries++;
    if (tries <= times) throw new Error("the disk is full");
  };
  const save = patiently(sent, { wait: time.wait, signal, log: keepLog().log });
  return { save: () => time.run(save([])), tries: () => tries };
};

it("saves again what Slack took until the store keeps it", async () => {
  const { save, tries } = failing(5);
  await save();
  expect(tries()).toBe(6);
});

it("gives up when the lease is nearly over", async () => {
  const { save, tries } = failing(100);
  await expect(save()).rejects.toThrow("the disk is full");
  expect(tries()).toBe(8);
});

it("does not keep a bot from stopping", async () => {
  const { save, tries } = failing(100, AbortSignal.abort());
  await expect(save()).rejects.toThrow("the disk is full");
  expect(tries()).toBe(1);
});
