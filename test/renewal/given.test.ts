import { describe, expect, it } from "vitest";
import { createRenewer, type ProgramRenewer } from "../../src/renewal/create-renewer.ts";
import { actionsOf } from "../../src/renewal/rules/next-step.ts";
import { currentStep } from "../../src/renewal/rules/steps.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { SCOPES } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { aToken, DAY, ROBIN } from "./renewals.ts";
import { FILE, World } from "./world.ts";

const give = (renewer: ProgramRenewer, secret: Secret, acceptSooner = false) =>
  renewer.give("orders-prod", secret, ROBIN, { acceptSooner });

describe("a given token", () => {
  it("goes through the open checklist, and a failed test leaves it open", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "given", ROBIN);
    expect(world.steps()).toEqual([]);
    await give(renewer, world.issue("poor", 60, [SCOPES[0]]));
    expect(world.steps()).toEqual(["obtain done pasted", "test failed findings"]);
    const { checklist, endedAt, working } = world.renewals.get("renewal-1") ?? {};
    expect(checklist?.filter(({ proven }) => !proven).map(({ name }) => name)).toEqual([SCOPES[1]]);
    expect([endedAt, working, world.saved]).toEqual([null, false, []]);
    await give(renewer, world.issue("fresh", 60));
    expect(world.steps()).toEqual(["obtain done pasted", "test done tested", "write done saved"]);
    expect(world.renewals.size).toBe(1);
  });

  it("opens a renewal when none is open", async () => {
    const world = new World();
    await give(createRenewer(world.deps()), world.issue("fresh", 60));
    expect(world.onDisk()).toBe(world.print("fresh"));
  });

  it("is the first token of a watch", async () => {
    const world = new World();
    world.disk.clear();
    const renewer = createRenewer(world.deps());
    await give(renewer, world.issue("fresh", 60));
    await renewer.proceed();
    await renewer.confirmInUse("renewal-1", ROBIN);
    expect(world.steps().slice(2)).toEqual([
      "write done saved",
      "read_back done read",
      "in_use done confirmed",
      "end_old skipped no_old_token",
    ]);
    expect(world.renewals.get("renewal-1")).toMatchObject({ before: null, outcome: "done", previousKept: false });
  });

  it("replaces a dead one, which is never compared", async () => {
    const world = new World();
    world.kill("old");
    await give(createRenewer(world.deps()), world.issue("fresh", 5));
    expect(world.onDisk()).toBe(world.print("fresh"));
  });

  it.each<[string, (world: World) => void]>([
    ["was revoked", (world) => world.kill("old")],
    ["has expired", (world) => world.issue("old", -1)],
  ])("replaces a token that %s, and there is nothing to end or to put back", async (_, arrange) => {
    const world = new World();
    arrange(world);
    const renewer = createRenewer(world.deps());
    await give(renewer, world.issue("fresh", 60));
    await renewer.proceed();
    await renewer.confirmInUse("renewal-1", ROBIN);
    expect(world.steps().slice(3)).toEqual([
      "read_back done read",
      "in_use done confirmed",
      "end_old skipped old_already_dead",
    ]);
    expect(world.renewals.get("renewal-1")).toMatchObject({ outcome: "done" });
    expect(await renewer.putBack("renewal-1", ROBIN)).toMatchObject({ obstacle: { kind: "not_now" } });
    world.time.pass(7 * DAY);
    await renewer.proceed();
    expect(world.kept()).toBe("");
  });

  it("replaces a revoked token, which is never offered back", async () => {
    const world = new World();
    world.kill("old");
    const renewer = createRenewer(world.deps());
    await give(renewer, world.issue("fresh", 60));
    for (const step of ["read_back", "in_use"]) {
      const renewal = world.renewals.get("renewal-1");
      expect(renewal && [currentStep(renewal), actionsOf(renewal).includes("put_back")]).toEqual([step, false]);
      await renewer.proceed();
    }
  });

  it("whose old one expires during the wait leaves nothing to end", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    world.issue("old", 2);
    await give(renewer, world.issue("fresh", 60));
    await renewer.proceed();
    await renewer.confirmInUse("renewal-1", ROBIN);
    expect(world.renewals.get("renewal-1")?.outcome).toBeNull();
    world.time.pass(3 * DAY);
    await renewer.proceed();
    expect(world.steps().at(-1)).toBe("end_old skipped old_already_dead");
  });

  it.each([
    ["the old one again", (world: World) => world.issue("old", 60), "same_token"],
    ["the token of another watch", (world: World) => world.issue("crm", 60), "token_of_watch"],
    ["one that ends sooner", (world: World) => world.issue("fresh", 5), "ends_sooner"],
    ["one that Meta does not know", () => new Secret(fakeToken("bogus")), "findings"],
  ])("is refused: %s", async (_, make, kind) => {
    const world = new World();
    const deps = world.deps();
    const other = { kind: "file", path: "/run/crm" } as const;
    world.others = new Map([["crm-prod", aToken({ fingerprint: world.print("crm") })]]);
    const settings = (name: string) => (name === "crm-prod" ? { ...world.settings, write: other } : world.settings);
    await give(createRenewer({ ...deps, settings }), make(world));
    expect(world.steps().at(-1)).toBe(`test failed ${kind}`);
    expect(world.saved).toEqual([]);
  });

  it("ends sooner with a person's confirmation", async () => {
    const world = new World();
    await give(createRenewer(world.deps()), world.issue("fresh", 5), true);
    expect(world.saved).toEqual([world.print("fresh")]);
  });

  it.each([
    ["after the start", FILE],
    ["before the start", FILE],
    ["before a start without a place", undefined],
  ])("that a person saved by hand %s is proven in use at once", async (when, write) => {
    const world = new World();
    world.settings = { ...world.settings, write };
    const fresh = world.issue("fresh", 60);
    const renewer = createRenewer(world.deps());
    const [last] = (await world.deps().verdicts()).values();
    world.last = last ?? undefined;
    if (when === "after the start") await renewer.start("orders-prod", "given", ROBIN);
    world.disk.set(FILE.path, fresh);
    if (when === "before the start") await renewer.start("orders-prod", "given", ROBIN);
    await give(renewer, fresh);
    await renewer.proceed();
    expect(world.steps()).toEqual([
      "obtain done pasted",
      "test done tested",
      "write skipped already_there",
      "read_back done read",
      "in_use not_proven no_proof",
    ]);
    expect(world.renewals.get("renewal-1")?.before?.fingerprint).toBe(world.print("old"));
    expect([world.saved, world.kept()]).toEqual([[], ""]);
  });

  it("that a person saved by hand is the first token of a watch", async () => {
    const world = new World();
    world.disk.clear();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "given", ROBIN);
    const fresh = world.issue("fresh", 60);
    world.disk.set(FILE.path, fresh);
    await give(renewer, fresh);
    expect([world.steps().at(-1), world.renewals.get("renewal-1")?.before]).toEqual([
      "write skipped already_there",
      null,
    ]);
  });

  it("is the old one, although a person saved a new one meanwhile", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "given", ROBIN);
    const old = world.disk.get(FILE.path);
    world.disk.set(FILE.path, world.issue("fresh", 60));
    if (old !== undefined) await give(renewer, old);
    expect([world.steps().at(-1), world.onDisk()]).toEqual(["test failed same_token", world.print("fresh")]);
  });

  it("is saved by a person when no place is configured", async () => {
    const world = new World();
    world.settings = { ...world.settings, write: undefined };
    const renewer = createRenewer(world.deps());
    const fresh = world.issue("fresh", 60);
    await give(renewer, fresh);
    await renewer.proceed();
    expect(world.steps().slice(2)).toEqual(["write skipped person_saves", "read_back not_proven still_old"]);
    world.disk.set(FILE.path, fresh);
    await renewer.proceed();
    await renewer.confirmInUse("renewal-1", ROBIN);
    expect(world.steps().slice(3)).toEqual([
      "read_back done read",
      "in_use done confirmed",
      "end_old skipped old_not_readable",
    ]);
    expect(world.saved).toEqual([]);
  });

  it("is not taken after the write", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await give(renewer, world.issue("fresh", 60));
    expect(await give(renewer, world.issue("next", 60))).toMatchObject({
      ok: false,
      obstacle: { kind: "already_open" },
    });
  });

  it("of two admins at once is one token", async () => {
    const world = new World();
    const renewers = [createRenewer(world.deps()), createRenewer(world.deps())] as const;
    await renewers[0].start("orders-prod", "given", ROBIN);
    const results = await world.time.run(
      Promise.all([give(renewers[0], world.issue("fresh", 60)), give(renewers[1], world.issue("next", 60))]),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(world.saved).toHaveLength(1);
  });
});

describe("waiting", () => {
  it("is told after a day, once for each step, and ends after a week", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "given", ROBIN);
    for (let day = 1; day <= 7; day++) {
      world.time.pass(DAY);
      await renewer.proceed();
    }
    expect(world.audit()).toEqual(["started", "waits_a_day", "ended timed_out"]);
  });

  it("ends when the watch is removed", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "given", ROBIN);
    world.watched = false;
    await renewer.proceed();
    expect(world.renewals.get("renewal-1")?.outcome).toBe("unwatched");
  });
});
