import { describe, expect, it } from "vitest";
import { alertDeps } from "../../src/app/alerts.ts";
import type { AlertDeps } from "../../src/slack/requests/deps.ts";
import type { Action } from "../../src/alert/respond.ts";
import type { Target, WatchStore } from "../../src/watch/ports.ts";
import { after, anAlert, NOW } from "../support/builders.ts";
import { createDeliveryWorld, inChannel, revoked } from "../outbox/delivery-world.ts";

const ANN = "U0000000001";
const BEN = "U0000000002";
const A: Target = { kind: "alert", id: "a" };

interface World {
  readonly deps: AlertDeps;
  readonly store: WatchStore;
  readonly answers: () => number;
}

/** The real store with one open, posted alert. */
const setUp = async (as: (store: WatchStore) => Pick<WatchStore, "findAlerts" | "changeAlerts">): Promise<World> => {
  const { store, owe, deliver } = await createDeliveryWorld();
  await owe(anAlert({ ...inChannel("C1", "a"), acceptedAt: null }));
  await deliver();
  let answers = 0;
  const deps = alertDeps({ store: as(store), onResponse: () => void answers++, now: () => NOW });
  return { deps, store, answers: () => answers };
};

/** Loses the answer of each commit, so the work runs again. */
const forgetful = (store: WatchStore): Pick<WatchStore, "findAlerts" | "changeAlerts"> => ({
  findAlerts: (target) => store.findAlerts(target),
  changeAlerts: async (target, change) => {
    await store.changeAlerts(target, change);
    return store.changeAlerts(target, change);
  },
});

describe("what a person does", () => {
  it.each<[string, Action]>([
    ["an acknowledgement", { kind: "acknowledge" }],
    ["a snooze", { kind: "snooze", until: after(3_600_000), reason: "rotation" }],
    ["a check", { kind: "checked", found: new Map([["a", null]]) }],
  ])("%s is done once, and reported as done, when the commit got no answer", async (_name, deed) => {
    const { deps, store } = await setUp(forgetful);
    const [before] = (await deps.find(A))?.alerts ?? [];
    const answer = await deps.respond(A, ANN, deed);
    expect(answer?.changed).toMatchObject([{ id: "a", revision: (before?.revision ?? 0) + 1 }]);
    expect(answer?.changed).toEqual(answer?.alerts);
    expect(await store.history({ limit: 9 })).toMatchObject([{ alert: "a", by: ANN, at: NOW }]);
  });

  it("changes nothing when another person was faster, and returns the current alert", async () => {
    const { deps, answers } = await setUp((store) => store);
    await deps.respond(A, ANN, { kind: "acknowledge" });
    const second = await deps.respond(A, BEN, { kind: "acknowledge" });
    expect(second).toMatchObject({ changed: [], alerts: [{ acknowledged: { by: ANN, at: NOW } }] });
    // A press may come from an outdated message, so the message is updated anyway.
    expect(answers()).toBe(2);
  });

  it("changes nothing when the store rolled it back and another person was faster than the retry", async () => {
    const { deps, store } = await setUp((real) => ({
      findAlerts: (target) => real.findAlerts(target),
      changeAlerts: async (target, change) => {
        const rolledBack = real.changeAlerts(target, (alert) => {
          change(alert);
          throw new Error("deadlock detected");
        });
        await expect(rolledBack).rejects.toThrow("deadlock detected");
        const other = alertDeps({ store: real, onResponse: () => undefined, now: () => NOW });
        await other.respond(target, BEN, { kind: "acknowledge" });
        return real.changeAlerts(target, change);
      },
    }));
    const answer = await deps.respond(A, ANN, { kind: "acknowledge" });
    expect(answer).toMatchObject({ changed: [], alerts: [{ acknowledged: { by: BEN, at: NOW } }] });
    expect(await store.history({ limit: 9 })).toMatchObject([{ alert: "a", by: BEN }]);
  });

  it("finds no alert and no message that the store has forgotten", async () => {
    const { deps } = await setUp((store) => store);
    expect(await deps.find({ kind: "alert", id: "gone" })).toBeUndefined();
    expect(await deps.respond({ kind: "message", id: "gone" }, ANN, { kind: "acknowledge" })).toBeUndefined();
  });

  it("applies to all open alerts of a message, with one time, so that it can be undone", async () => {
    const { store, owe, deliver } = await createDeliveryWorld();
    for (const id of ["a", "b", "c", "d", "e"]) await owe(revoked("C1", id));
    await deliver();
    let now = NOW;
    const deps = alertDeps({ store, onResponse: () => undefined, now: () => now });
    const group = (await deps.find(A))?.message;
    expect(group).toMatchObject({ kind: "group", ref: { channel: "C1" } });
    const target: Target = { kind: "message", id: group?.id ?? "" };
    await deps.respond({ kind: "alert", id: "b" }, BEN, { kind: "acknowledge" });
    now = after(1_000);
    const all = await deps.respond(target, ANN, { kind: "acknowledge" });
    expect(all?.changed.map(({ id }) => id)).toEqual(["a", "c", "d", "e"]);
    const undone = await deps.respond(target, ANN, { kind: "unacknowledge", given: now });
    expect(undone?.changed.map(({ id }) => id)).toEqual(["a", "c", "d", "e"]);
    expect(undone?.alerts.find(({ id }) => id === "b")?.acknowledged).toEqual({ by: BEN, at: NOW });
  });
});
