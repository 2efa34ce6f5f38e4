import { describe, expect, it } from "vitest";
import { createRenewer } from "../../src/renewal/create-renewer.ts";
import { MINUTE, ROBIN } from "./renewals.ts";
import { FILE, World } from "./world.ts";

const proofs = [{ kind: "url", url: "https://orders.example/fingerprint" }] as const;

describe("the polling", () => {
  it("of the source ends after two minutes, and a round goes on", async () => {
    const world = new World();
    let source = world.disk.get(FILE.path) ?? world.issue("old", 10);
    const readSource = async () => ({ ok: true, secret: source, note: null }) as const;
    const renewer = createRenewer({ ...world.deps(), readSource });
    await renewer.start("orders-prod", "refresh", ROBIN);
    const began = world.time.now().getTime();
    await world.time.run(renewer.settle("renewal-1"));
    expect(world.time.now().getTime() - began).toBe(2 * MINUTE);
    expect(world.steps().at(-1)).toBe("read_back not_proven still_old");
    expect(world.audit().filter((line) => line.startsWith("read_back"))).toHaveLength(1);
    source = world.disk.get(FILE.path) ?? source;
    await renewer.proceed();
    expect(world.steps().slice(-2)).toEqual(["read_back done read", "in_use not_proven no_proof"]);
  });

  it("of a variable needs no time, because only a restart reads it again", async () => {
    const world = new World();
    world.variable = world.disk.get(FILE.path);
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    const began = world.time.now().getTime();
    await world.time.run(renewer.settle("renewal-1"));
    expect(world.time.now().getTime()).toBe(began);
    expect(world.steps().at(-1)).toBe("read_back not_proven restart_bot");
    world.restart();
    await renewer.proceed();
    expect(world.steps().slice(-2)).toEqual(["read_back done read", "in_use not_proven no_proof"]);
  });

  it("of the proofs ends after ten minutes, and one old reading starts the count again", async () => {
    const world = new World();
    world.settings = { ...world.settings, proofs };
    world.uses = [world.print("old")];
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    const began = world.time.now().getTime();
    await world.time.run(renewer.settle("renewal-1"));
    expect(world.time.now().getTime() - began).toBe(10 * MINUTE);
    expect(world.steps().at(-1)).toBe("in_use not_proven old_in_use");
    const seen = async (name: string): Promise<number | undefined> => {
      world.uses = [world.print(name)];
      await renewer.proceed();
      return world.renewals.get("renewal-1")?.seenInUse;
    };
    const counts = [
      await seen("fresh"),
      await seen("fresh"),
      await seen("old"),
      await seen("fresh"),
      await seen("fresh"),
    ];
    expect(counts).toEqual([1, 2, 0, 1, 2]);
    await seen("fresh");
    expect(world.steps().at(-1)).toBe("in_use done proven");
  });

  it("of nothing needs no time", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.settle("renewal-1", { readBackMs: 0, inUseMs: 0 });
    expect(world.steps().at(-1)).toBe("in_use not_proven no_proof");
    expect(await renewer.settle("renewal-9")).toBeUndefined();
  });
});
