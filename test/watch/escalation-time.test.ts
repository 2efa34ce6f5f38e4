import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import type { DeliveryFailure } from "../../src/outbox/notifier.ts";
import { respond } from "../../src/alert/respond.ts";
import { anEscalation, NOW } from "../support/builders.ts";
import { type MemoryStore, openMemoryStore } from "../support/memory-store.ts";
import { createTimeWorld } from "./time-world.ts";

const away: DeliveryFailure = { kind: "away", error: "Slack did not answer" };
const refused: DeliveryFailure = { kind: "refused", error: "not_in_channel" };
/** From the check to the message: the tick, the inspection and the courier. */
const SOON_MS = 3 * MINUTE_MS;

type TimeWorld = ReturnType<typeof createTimeWorld>;

let world: TimeWorld | undefined;
let opened: MemoryStore | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(async () => {
  await world?.stop();
  await opened?.close();
  [world, opened] = [undefined, undefined];
  vi.useRealTimers();
});

/**
 * A token that is revoked at the start. Its watch is checked once a day, except for replies; an alert waits an hour for
 * an answer.
 */
const start = async (refuse: (what: string, passedMs: number) => DeliveryFailure | undefined) => {
  opened = await openMemoryStore();
  await opened.sync([{ name: "dead", definition: "d" }], NOW);
  const tokens = { dead: "revoked" } as const;
  const escalation = anEscalation({ afterMs: HOUR_MS });
  world = createTimeWorld({ store: opened, tokens, checkIntervalMs: DAY_MS, escalation, refuse });
  await world.start();
  return { world, store: opened };
};

/** When each message was first sent, in milliseconds since the start. */
const saidAt = ({ messages }: ReturnType<TimeWorld["since"]>, watch: string, what: string): number =>
  messages.find((one) => one.watch === watch && one.what === what)?.passedMs ?? Infinity;

describe("an alert that nobody answers escalates to on-call", () => {
  it.each([0, 20 * MINUTE_MS, 3 * HOUR_MS])(
    "an hour after Slack accepted it, after an outage of %i ms",
    async (awayMs) => {
      const { world: chain } = await start((_what, passedMs) => (passedMs < awayMs ? away : undefined));
      await chain.pass(awayMs + 2 * HOUR_MS);
      const done = chain.since();
      const postedAt = saidAt(done, "dead", "post revoked");
      const waited = saidAt(done, "escalation", "post") - postedAt;
      expect(postedAt).toBeGreaterThanOrEqual(awayMs);
      expect(waited).toBeGreaterThanOrEqual(HOUR_MS - 1_000);
      expect(waited).toBeLessThanOrEqual(HOUR_MS + SOON_MS);
      expect(done.said.filter((said) => said.startsWith("escalation"))).toEqual(["escalation: post"]);
    },
  );

  it("an hour after its channel refused it a second time", async () => {
    const { world: chain } = await start((what) => (what.startsWith("dead") ? refused : undefined));
    await chain.pass(2 * HOUR_MS);
    const escalatedAt = saidAt(chain.since(), "escalation", "post");
    expect(escalatedAt).toBeGreaterThanOrEqual(HOUR_MS + MINUTE_MS - 1_000);
    expect(escalatedAt).toBeLessThanOrEqual(HOUR_MS + 2 * MINUTE_MS + SOON_MS);
  });

  it("in one message, whose thread shows that a person acknowledged it", async () => {
    const { world: chain, store } = await start(() => undefined);
    await chain.pass(2 * HOUR_MS);
    const alert = (await store.find("dead"))?.state.alert;
    chain.since();
    const target = { kind: "alert", id: alert?.id ?? "" } as const;
    await store.changeAlerts(target, (one) => respond(one, "U0000000001", { kind: "acknowledge" }, new Date()));
    await chain.pass(2 * MINUTE_MS);
    expect(chain.since().said.toSorted()).toEqual(["dead: acknowledged", "escalation: acknowledged"]);
    await chain.pass(DAY_MS);
    expect(chain.since().said).toEqual([]);
  });
});
