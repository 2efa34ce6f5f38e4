import { expect, it } from "vitest";
import { patientStore } from "../../src/watch/patient-store.ts";
import type { DeliveryClaim } from "../../src/watch/outbox.ts";
import { anAlert } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { createMemoryStore } from "../support/memory-store.ts";
import { createVirtualTime } from "../support/virtual-time.ts";

const claim: DeliveryClaim = {
  alert: anAlert(),
  ref: null,
  deliveredRevision: 0,
  repliedRevision: 0,
  failures: 0,
  fallbackRevision: 0,
  lease: "lease-1",
};
const posted = { kind: "post", ref: { channel: "C0123456789", ts: "1.0" }, revision: 1 } as const;

/** A store that fails so often before it saves. */
const failing = (times: number, signal?: AbortSignal) => {
  const time = createVirtualTime();
  let tries = 0;
  const store = {
    ...createMemoryStore(),
    saveDelivery: async (): Promise<void> => {
      tries++;
      if (tries <= times) throw new Error("the disk is full");
    },
  };
  const patient = patientStore(store, { wait: time.wait, signal, log: keepLog().log });
  return { save: () => time.run(patient.saveDelivery(claim, posted)), tries: () => tries };
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
