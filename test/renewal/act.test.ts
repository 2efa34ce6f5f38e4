import { describe, expect, it } from "vitest";
import { createRenewer } from "../../src/renewal/create-renewer.ts";
import type { Step } from "../../src/renewal/renewal.ts";
import { currentStep } from "../../src/renewal/rules/steps.ts";
import { fingerprintOf, Secret } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { aToken, DAY, ROBIN } from "./renewals.ts";
import { Crash, FILE, World } from "./world.ts";

/** A refreshed token that a person confirmed as used. */
const inUse = async () => {
  const world = new World();
  const renewer = createRenewer(world.deps());
  await renewer.start("orders-prod", "refresh", ROBIN);
  await renewer.proceed();
  await renewer.confirmInUse("renewal-1", ROBIN);
  world.calls.length = 0;
  return { world, renewer, end: () => renewer.endOld("renewal-1", ROBIN) };
};

describe("to end the old token", () => {
  it("is not possible before in use", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.proceed();
    expect(await renewer.endOld("renewal-1", ROBIN)).toEqual({ ok: false, obstacle: { kind: "not_now" } });
    expect(world.revoked).toEqual([]);
  });

  it("is refused while a watch uses it, and possible afterwards", async () => {
    const { world, end } = await inUse();
    world.others = new Map([["crm-prod", aToken({ fingerprint: world.print("old") })]]);
    await end();
    expect([world.steps().at(-1), world.revoked]).toEqual(["end_old failed old_still_used", []]);
    world.others = new Map();
    await end();
    expect(world.steps().at(-1)).toBe("end_old done ended");
  });

  it("is not refused because of an old check of a watch", async () => {
    const { world } = await inUse();
    world.others = new Map([["crm-prod", aToken({ fingerprint: world.print("old") })]]);
    const inspectNow = async (): Promise<void> => {
      world.others = new Map([["crm-prod", aToken({ fingerprint: world.print("fresh") })]]);
    };
    await createRenewer({ ...world.deps(), inspectNow }).endOld("renewal-1", ROBIN);
    expect(world.steps().at(-1)).toBe("end_old done ended");
  });

  it("is refused while the new one does not work", async () => {
    const { world, end } = await inUse();
    world.kill("fresh");
    await end();
    expect([world.steps().at(-1), world.revoked]).toEqual(["end_old failed new_dead", []]);
  });

  it("is refused while a watch that no check has answered yet has it", async () => {
    const { world, end } = await inUse();
    const old = world.previous.get(FILE.path) ?? new Secret("");
    world.others = new Map([["crm-prod", null]]);
    world.otherSource = { ok: true, secret: old, note: null };
    await end();
    expect([world.steps().at(-1), world.revoked]).toEqual(["end_old failed old_still_used", []]);
    world.otherSource = { ok: false, message: "It is missing." };
    await end();
    expect(world.steps().at(-1)).toBe("end_old done ended");
  });

  it("is refused when an app uses it again, also after a person confirmed the use", async () => {
    const { world, end } = await inUse();
    world.settings = { ...world.settings, proofs: [{ kind: "exec", argv: ["fingerprint"] }] };
    world.uses = [world.print("old")];
    await end();
    expect([world.steps().at(-1), world.revoked]).toEqual(["end_old failed old_in_use", []]);
    world.uses = [world.print("fresh")];
    await end();
    expect(world.steps().at(-1)).toBe("end_old done ended");
  });

  it("is refused while Meta does not answer", async () => {
    const { world, end } = await inUse();
    world.away = true;
    await end();
    expect([world.steps().at(-1), world.revoked]).toEqual(["end_old not_proven not_ended", []]);
  });

  it("is refused when the source gives another token", async () => {
    const { world, end } = await inUse();
    world.disk.set(FILE.path, world.issue("third", 60));
    await end();
    expect([world.steps().at(-1), world.revoked]).toEqual(["end_old failed not_ended", []]);
  });

  it("by a request whose answer got lost is not forgotten, and is found dead later", async () => {
    const { world, end } = await inUse();
    world.answerLost = true;
    await end();
    expect(world.steps().at(-1)).toBe("end_old not_proven revoke_unanswered");
    // Without an answer of Meta, the old token may be dead, so it is not put back.
    const renewer = createRenewer(world.deps());
    expect(await renewer.putBack("renewal-1", ROBIN)).toMatchObject({ ok: false, obstacle: { kind: "not_known" } });
    await end();
    expect(world.steps().at(-1)).toBe("end_old not_proven revoke_unanswered");
    world.away = false;
    await end();
    expect([world.steps().at(-1), world.revoked, world.kept()]).toEqual([
      "end_old done ended_unanswered",
      [world.print("old")],
      "",
    ]);
    expect(world.audit().slice(-2)).toEqual(["end_old done", "ended done"]);
  });

  it("is asked again when the request was lost and the old token lives", async () => {
    const { world, end } = await inUse();
    world.answerLost = true;
    world.revokes = false;
    await end();
    [world.away, world.answerLost, world.revokes] = [false, false, true];
    await end();
    expect([world.steps().at(-1), world.revoked]).toEqual([
      "end_old done ended",
      [world.print("old"), world.print("old")],
    ]);
  });

  it("that is refused is in the audit, with the person, the action and the watch", async () => {
    const { world } = await inUse();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.start("nobody", "refresh", { kind: "bot" });
    await renewer.confirmInUse("renewal-1", ROBIN);
    await renewer.endOld("renewal-9", { kind: "terminal" });
    const refused = world.entries.filter(({ kind }) => kind === "refused");
    expect(refused).toMatchObject([
      { by: ROBIN, watch: "orders-prod", attempt: "renew" },
      { by: ROBIN, watch: "orders-prod", attempt: "confirm_in_use" },
      { by: { kind: "terminal" }, watch: null, attempt: "end_old" },
    ]);
  });

  it("is skipped when it is dead already", async () => {
    const { world, end } = await inUse();
    world.kill("old");
    await end();
    expect([world.steps().at(-1), world.revoked, world.kept()]).toEqual(["end_old skipped old_already_dead", [], ""]);
    expect(world.renewals.get("renewal-1")?.outcome).toBe("done");
  });

  it("fails when Meta refuses, and can be tried again", async () => {
    const { world, renewer, end } = await inUse();
    world.revokes = false;
    await end();
    expect(world.steps().at(-1)).toBe("end_old failed not_ended");
    await renewer.proceed();
    world.revokes = true;
    await end();
    expect(world.steps().at(-1)).toBe("end_old done ended");
  });

  it("is critical when both are dead, and nothing can be put back", async () => {
    const { world, renewer } = await inUse();
    const deps = world.deps();
    const both = createRenewer({
      ...deps,
      revoke: async () => {
        world.kill("old");
        world.kill("fresh");
        return { ok: true };
      },
    });
    await both.endOld("renewal-1", ROBIN);
    expect(world.steps().at(-1)).toBe("end_old failed both_dead");
    expect(world.renewals.get("renewal-1")?.outcome).toBe("failed");
    expect(world.inspected.at(-1)).toEqual(["orders-prod"]);
    expect(await renewer.putBack("renewal-1", ROBIN)).toMatchObject({ ok: false, obstacle: { kind: "not_now" } });
  });

  it("twice at once ends it once", async () => {
    const { world, renewer, end } = await inUse();
    const results = await world.time.run(Promise.all([end(), end()]));
    expect(results.map((result) => (result.ok ? "ok" : result.obstacle.kind)).toSorted()).toEqual(["not_now", "ok"]);
    expect(world.revoked).toHaveLength(1);
    expect(await renewer.endOld("renewal-9", ROBIN)).toMatchObject({ obstacle: { kind: "no_renewal" } });
  });
});

describe("to put the old token back", () => {
  it("restores the value and reads it back", async () => {
    const { world, renewer } = await inUse();
    await renewer.putBack("renewal-1", ROBIN);
    expect([world.onDisk(), world.kept()]).toEqual([world.print("old"), ""]);
    expect(world.renewals.get("renewal-1")).toMatchObject({ outcome: "put_back", previousKept: false });
    expect(world.inspected).toHaveLength(2);
  });

  it("says when a variable still gives the new one", async () => {
    const { world, renewer } = await inUse();
    world.variable = world.disk.get(FILE.path);
    await renewer.putBack("renewal-1", ROBIN);
    expect(world.steps().at(-1)).toBe("read_back not_proven restart_bot");
  });

  it("never overwrites a value that is not the new token", async () => {
    const { world, renewer } = await inUse();
    world.disk.set(FILE.path, new Secret(fakeToken("third")));
    expect(await renewer.putBack("renewal-1", ROBIN)).toMatchObject({ obstacle: { kind: "cannot_write" } });
    expect(world.onDisk()).toBe(world.print("third"));
  });

  it("never restores, and never shows Meta, another value than the old token", async () => {
    const { world, renewer } = await inUse();
    world.previous.set(FILE.path, world.issue("swapped", 30));
    const examined: string[] = [];
    const deps = world.deps();
    const watching = createRenewer({
      ...deps,
      examine: async (watch, secret) => {
        examined.push(fingerprintOf(secret));
        return deps.examine(watch, secret);
      },
    });
    expect(await watching.putBack("renewal-1", ROBIN)).toMatchObject({ obstacle: { kind: "cannot_write" } });
    expect([world.onDisk(), world.kept(), examined]).toEqual([world.print("fresh"), world.print("swapped"), []]);
    expect((await renewer.cancel("renewal-1", ROBIN)).ok).toBe(true);
  });

  it("never restores a dead token", async () => {
    const { world, renewer } = await inUse();
    world.kill("old");
    expect(await renewer.putBack("renewal-1", ROBIN)).toMatchObject({ obstacle: { kind: "dead_token" } });
    expect(world.onDisk()).toBe(world.print("fresh"));
  });

  it("can be repeated after a crash", async () => {
    const { world, renewer } = await inUse();
    world.crashIn = "putBack";
    await expect(renewer.putBack("renewal-1", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    await createRenewer(world.deps()).putBack("renewal-1", ROBIN);
    expect([world.onDisk(), world.renewals.get("renewal-1")?.outcome]).toEqual([world.print("old"), "put_back"]);
  });
});

describe("the kept old value", () => {
  it("that could not be removed is tried again after 7 days", async () => {
    const { world, end } = await inUse();
    const deps = world.deps();
    const dropPrevious = async (): Promise<void> => {};
    const stuck = createRenewer({ ...deps, writer: { ...deps.writer, dropPrevious } });
    await stuck.endOld("renewal-1", ROBIN);
    expect(world.renewals.get("renewal-1")).toMatchObject({ outcome: "done", previousKept: true });
    world.time.pass(8 * DAY);
    await stuck.proceed();
    expect([world.renewals.get("renewal-1")?.previousKept, world.kept()]).toEqual([true, world.print("old")]);
    expect(await end()).toMatchObject({ obstacle: { kind: "not_now" } });
    await createRenewer(deps).proceed();
    expect([world.renewals.get("renewal-1")?.previousKept, world.kept()]).toEqual([false, ""]);
  });

  it("goes after 7 days, but never that of a later renewal of the same place", async () => {
    const { world, renewer } = await inUse();
    await renewer.cancel("renewal-1", ROBIN);
    world.time.pass(6 * DAY);
    world.exchanged = () => ({ ok: true, secret: world.issue("second", 60) });
    await renewer.start("orders-prod", "refresh", ROBIN);
    world.time.pass(2 * DAY);
    await renewer.proceed();
    expect(world.kept()).toBe(world.print("fresh"));
    expect(world.renewals.get("renewal-1")?.previousKept).toBe(false);
    await renewer.confirmInUse("renewal-2", ROBIN);
    await renewer.endOld("renewal-2", ROBIN);
    expect([world.steps("renewal-2").at(-1), world.kept()]).toEqual(["end_old done ended", ""]);
  });
});

describe("any action", () => {
  it("waits for another program, and then is refused", async () => {
    const { world } = await inUse();
    const deps = world.deps();
    const renewer = createRenewer({ ...deps, store: { ...deps.store, claimRenewal: async () => false } });
    const began = world.time.now().getTime();
    expect(await world.time.run(renewer.endOld("renewal-1", ROBIN))).toEqual({ ok: false, obstacle: { kind: "busy" } });
    expect(world.time.now().getTime() - began).toBe(14_000);
  });

  it("is refused for a removed watch, and ends its renewal", async () => {
    const { world, renewer } = await inUse();
    world.watched = false;
    expect(await renewer.endOld("renewal-1", ROBIN)).toMatchObject({ obstacle: { kind: "unknown_watch" } });
    expect([world.renewals.get("renewal-1")?.outcome, world.revoked]).toEqual(["unwatched", []]);
  });

  it("is refused for a watch that is not known now, and leaves its renewal open", async () => {
    const { world, renewer } = await inUse();
    [world.watched, world.knowsAll] = [false, false];
    const before = world.renewals.get("renewal-1");
    await renewer.proceed();
    for (const act of [renewer.endOld, renewer.putBack, renewer.confirmInUse])
      expect(await act("renewal-1", ROBIN)).toMatchObject({ obstacle: { kind: "not_known" } });
    expect(await renewer.start("orders-prod", "refresh", ROBIN)).toMatchObject({ obstacle: { kind: "already_open" } });
    expect([world.renewals.get("renewal-1"), world.revoked]).toEqual([before, []]);
    world.watched = true;
    expect(await renewer.endOld("renewal-1", ROBIN)).toMatchObject({ ok: true });
  });

  it("does not fail when the claim cannot be released", async () => {
    const { world } = await inUse();
    const deps = world.deps();
    const releaseRenewal = async () => Promise.reject(new Error("The store does not answer."));
    const renewer = createRenewer({ ...deps, store: { ...deps.store, releaseRenewal } });
    expect(await renewer.endOld("renewal-1", ROBIN)).toMatchObject({ ok: true });
  });

  it("is possible for another program when the store failed during the claim", async () => {
    const { world } = await inUse();
    const deps = world.deps();
    const failing = [true];
    const claimRenewal: typeof deps.store.claimRenewal = async (...args) => {
      if (failing.pop() === true) throw new Error("The store does not answer.");
      return deps.store.claimRenewal(...args);
    };
    const renewer = createRenewer({ ...deps, store: { ...deps.store, claimRenewal } });
    await expect(renewer.endOld("renewal-1", ROBIN)).rejects.toThrow("does not answer");
    expect(await renewer.endOld("renewal-1", ROBIN)).toMatchObject({ ok: true });
  });
});

describe("to cancel", () => {
  it.each<[Step, readonly string[]]>([
    ["obtain", []],
    ["test", []],
    ["read_back", ["fresh"]],
    ["in_use", ["fresh"]],
    ["end_old", ["fresh"]],
  ])("ends a renewal in %s and changes nothing else", async (step, saved) => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", step === "obtain" || step === "test" ? "given" : "refresh", ROBIN);
    if (step === "test") {
      const poor = world.issue("poor", 60, []);
      await renewer.give("orders-prod", poor, ROBIN, { acceptSooner: false });
    }
    if (step === "in_use" || step === "end_old") await renewer.proceed();
    if (step === "end_old") await renewer.confirmInUse("renewal-1", ROBIN);
    const renewal = world.renewals.get("renewal-1");
    expect(renewal && currentStep(renewal)).toBe(step);
    await renewer.cancel("renewal-1", ROBIN);
    expect(world.saved).toEqual(saved.map((name) => world.print(name)));
    expect([world.renewals.get("renewal-1")?.outcome, world.isAlive(world.print("old"))]).toEqual(["cancelled", true]);
    expect(await renewer.cancel("renewal-1", ROBIN)).toMatchObject({ obstacle: { kind: "not_now" } });
    expect(await renewer.cancel("renewal-9", ROBIN)).toMatchObject({ obstacle: { kind: "no_renewal" } });
  });
});
