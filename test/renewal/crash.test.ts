import { describe, expect, it } from "vitest";
import { createRenewer } from "../../src/renewal/create-renewer.ts";
import { MINUTE, ROBIN } from "./renewals.ts";
import { Crash, FILE, World } from "./world.ts";

describe("after a crash", () => {
  it.each([
    ["exchange before", "old", "interrupted", ["obtain failed interrupted"]],
    ["exchange", "old", "interrupted", ["obtain failed interrupted"]],
    ["save before", "old", "interrupted", ["obtain done exchanged", "test done tested", "write failed interrupted"]],
    [
      "save",
      "fresh",
      null,
      [
        "obtain done exchanged",
        "test done tested",
        "write done saved",
        "read_back done read",
        "in_use not_proven no_proof",
      ],
    ],
  ])("in %s, the source decides", async (crashIn, onDisk, outcome, steps) => {
    const world = new World();
    world.crashIn = crashIn;
    await expect(createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    await createRenewer(world.deps()).proceed();
    expect([world.onDisk(), world.renewals.get("renewal-1")?.outcome]).toEqual([world.print(onDisk), outcome]);
    expect(world.steps()).toEqual(steps);
  });

  it("in the work on a pasted token, the person still has it", async () => {
    const world = new World();
    world.kill("old");
    world.crashIn = "save before";
    const given = createRenewer(world.deps()).give("orders-prod", world.issue("given", 60), ROBIN, {
      acceptSooner: false,
    });
    await expect(given).rejects.toThrow(Crash);
    world.restart();
    await createRenewer(world.deps()).proceed();
    expect([world.steps().at(-1), world.onDisk()]).toEqual(["write failed paste_interrupted", world.print("old")]);
  });

  it.each([
    ["exchange", "old", "old"],
    ["exchange", "stray", "other"],
    ["save before", "old", "old"],
    ["save before", "stray", "other"],
    ["exchange", undefined, "not_known"],
  ])("in %s, the result says what the source gives: %s", async (crashIn, gives, source) => {
    const world = new World();
    world.crashIn = crashIn;
    await expect(createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    if (gives === undefined) world.disk.clear();
    if (gives === "stray") world.disk.set(FILE.path, world.issue("stray", 60));
    await createRenewer(world.deps()).proceed();
    expect(world.renewals.get("renewal-1")?.steps.at(-1)?.detail).toEqual({ kind: "interrupted", source });
  });

  it("a person can start again at once", async () => {
    const world = new World();
    world.crashIn = "exchange";
    await expect(createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    world.time.pass(MINUTE);
    expect(await createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN)).toMatchObject({ ok: true });
    expect([...world.renewals.values()].map(({ outcome }) => outcome)).toEqual(["interrupted", null]);
  });

  it.each([
    ["save before", "write failed paste_interrupted"],
    ["examine", "test failed paste_interrupted"],
  ])("in %s of a first set-up, nothing was saved, and a person can paste again", async (crashIn, step) => {
    const world = new World();
    world.disk.clear();
    world.crashIn = crashIn;
    const give = () =>
      createRenewer(world.deps()).give("orders-prod", world.issue("given", 60), ROBIN, { acceptSooner: false });
    await expect(give()).rejects.toThrow(Crash);
    world.restart();
    await createRenewer(world.deps()).proceed();
    expect(world.renewals.get("renewal-1")).toMatchObject({ outcome: "interrupted", working: false });
    expect(world.renewals.get("renewal-1")?.steps.at(-1)).toMatchObject({
      detail: { kind: "paste_interrupted", source: "none" },
    });
    expect(world.steps().at(-1)).toBe(step);
    expect(await give()).toMatchObject({ ok: true });
    expect(world.onDisk()).toBe(world.print("given"));
  });

  it("an unreadable source decides nothing yet, and people read so", async () => {
    const world = new World();
    world.crashIn = "save before";
    await expect(createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    const old = world.disk.get(FILE.path);
    world.disk.clear();
    const renewer = createRenewer(world.deps());
    await renewer.proceed();
    expect(world.renewals.get("renewal-1")).toMatchObject({ working: true, outcome: null });
    expect(world.steps().at(-1)).toBe("write not_proven crashed");
    const said = world.entries.length;
    await renewer.proceed();
    expect(world.entries).toHaveLength(said);
    const given = await renewer.give("orders-prod", world.issue("given", 60), ROBIN, { acceptSooner: false });
    expect(given).toMatchObject({ obstacle: { kind: "crashed" } });
    expect(await renewer.start("orders-prod", "refresh", ROBIN)).toMatchObject({ obstacle: { kind: "crashed" } });
    if (old !== undefined) world.disk.set(FILE.path, old);
    await renewer.proceed();
    expect(world.renewals.get("renewal-1")?.outcome).toBe("interrupted");
  });

  it("a variable that still gives the old token does not hide what the place holds", async () => {
    const world = new World();
    world.variable = world.disk.get(FILE.path);
    world.crashIn = "save";
    await expect(createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN)).rejects.toThrow(Crash);
    const before = world.variable;
    world.restart();
    world.variable = before;
    await createRenewer(world.deps()).proceed();
    expect(world.steps().slice(2)).toEqual(["write done saved", "read_back not_proven restart_bot"]);
  });

  it("in the request to revoke, the old token is found dead by the next press", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.proceed();
    await renewer.confirmInUse("renewal-1", ROBIN);
    world.crashIn = "revoke";
    await expect(renewer.endOld("renewal-1", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    const next = createRenewer(world.deps());
    await next.proceed();
    expect(world.steps().at(-1)).toBe("end_old not_proven revoke_unanswered");
    await next.endOld("renewal-1", ROBIN);
    expect([world.steps().at(-1), world.kept()]).toEqual(["end_old done ended_unanswered", ""]);
  });

  it.each([
    ["drop before", "old"],
    ["drop", ""],
  ])("in %s, the renewal knows that the old token is dead", async (crashIn, kept) => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.proceed();
    await renewer.confirmInUse("renewal-1", ROBIN);
    world.crashIn = crashIn;
    await expect(renewer.endOld("renewal-1", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    await createRenewer(world.deps()).proceed();
    expect([world.steps().at(-1), world.renewals.get("renewal-1")?.outcome]).toEqual(["end_old done ended", "done"]);
    expect(world.kept()).toBe(kept === "" ? "" : world.print(kept));
    // The copy goes after a week.
    world.time.pass(8 * 24 * 60 * MINUTE);
    await createRenewer(world.deps()).proceed();
    expect([world.kept(), world.renewals.get("renewal-1")?.previousKept]).toEqual(["", false]);
  });
});
