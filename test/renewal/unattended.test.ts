import { describe, expect, it } from "vitest";
import { createRenewer } from "../../src/renewal/create-renewer.ts";
import { aFailure, anUnknown } from "../support/builders.ts";
import { BOT, DAY, ROBIN } from "./renewals.ts";
import { World } from "./world.ts";

describe("unattended", () => {
  const due = (): World => {
    const world = new World();
    world.settings = { ...world.settings, beforeMs: 20 * DAY };
    return world;
  };

  it("the bot refreshes a token that is due, and never ends the old one", async () => {
    const world = due();
    const renewer = createRenewer(world.deps());
    await renewer.refreshDue();
    await renewer.refreshDue();
    expect([world.saved, world.acknowledged]).toEqual([[world.print("fresh")], []]);
    await renewer.confirmInUse("renewal-1", ROBIN);
    await renewer.proceed();
    await renewer.confirmInUse("renewal-1", ROBIN);
    expect(await renewer.endOld("renewal-1", BOT)).toMatchObject({ ok: false, obstacle: { kind: "not_now" } });
    expect(world.revoked).toEqual([]);
  });

  it("a failure inspects the watch, so that more thresholds warn, and waits a day", async () => {
    const world = due();
    world.exchanged = () => ({ ok: false, kind: "refused", refusal: "other", message: "No." });
    const renewer = createRenewer(world.deps());
    await renewer.refreshDue();
    await renewer.refreshDue();
    expect([world.renewals.size, world.inspected]).toEqual([1, [["orders-prod"]]]);
    world.time.pass(DAY);
    await renewer.refreshDue();
    expect(world.renewals.size).toBe(2);
  });

  it("a place that cannot be written is a failed renewal, and Meta is not asked", async () => {
    const world = due();
    const deps = world.deps();
    const check = async () => ({ ok: false, message: "It is read-only." }) as const;
    await createRenewer({ ...deps, writer: { ...deps.writer, check } }).refreshDue();
    expect(world.steps()).toEqual(["write failed not_saved"]);
    expect([world.renewals.get("renewal-1")?.outcome, world.calls.includes("exchange")]).toEqual(["failed", false]);
  });

  it("a refresh that cannot begin is told when that lasts, once a day, and tried again at once", async () => {
    const world = due();
    world.away = true;
    const deps = world.deps();
    const [last] = (await new World().deps().verdicts()).values();
    world.last = last ?? undefined;
    const renewer = createRenewer(deps);
    const told = (): readonly unknown[] =>
      [...world.renewals.values()].map(({ steps }) => steps.map(({ detail }) => detail));
    await renewer.refreshDue();
    expect(told()).toEqual([]);
    world.unanswered = true;
    for (let look = 0; look < 3; look++) await renewer.refreshDue();
    const unbegun = { kind: "not_begun", obstacle: "not_known", message: expect.any(String) };
    expect(told()).toEqual([[{ ...unbegun, urgent: false }]]);
    expect(world.inspected).toEqual([["orders-prod"]]);
    world.time.pass(8.5 * DAY);
    await renewer.refreshDue();
    expect(told()).toHaveLength(2);
    world.time.pass(DAY / 2 + 1);
    // Inside the shortest threshold, people hear of it again within the day.
    for (let look = 0; look < 3; look++) await renewer.refreshDue();
    expect(told().slice(2)).toEqual([[{ ...unbegun, urgent: true }]]);
    world.away = false;
    await renewer.refreshDue();
    expect([world.calls.includes("exchange"), world.saved]).toEqual([true, [world.print("fresh")]]);
  });

  it("a source that cannot be read is told too", async () => {
    const world = due();
    world.unanswered = true;
    const deps = world.deps();
    const readSource = async () => ({ ok: false, message: "It is missing." }) as const;
    await createRenewer({ ...deps, readSource }).refreshDue();
    expect(world.renewals.get("renewal-1")?.steps[0]?.detail).toMatchObject({ obstacle: "source_unreadable" });
  });

  it("a store that fails for one watch does not stop the others", async () => {
    const world = due();
    world.others = new Map([["broken", anUnknown(aFailure())]]);
    const deps = world.deps();
    const findRenewal = async () => Promise.reject(new Error("The store does not answer."));
    await createRenewer({ ...deps, store: { ...deps.store, findRenewal } }).refreshDue();
    expect(world.renewals.size).toBe(0);
  });
});
