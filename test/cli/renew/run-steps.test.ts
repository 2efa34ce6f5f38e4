import { describe, expect, it } from "vitest";
import { exitForRun } from "../../../src/cli/renew/exit-of.ts";
import { type Asked, type Desk, runSteps } from "../../../src/cli/renew/run-steps.ts";
import { createRenewer, type ProgramRenewer } from "../../../src/renewal/create-renewer.ts";
import { DAY, ROBIN } from "../../renewal/renewals.ts";
import { Crash, FILE, World } from "../../renewal/world.ts";

const ASKED: Asked = { watch: "orders-prod", given: undefined, confirmsInUse: true, endsOld: true };
const DESK: Desk = {
  progress: async (_text, work) => work(),
  acceptSooner: async () => false,
  warnOfUse: () => undefined,
};

/** One run beside other people, who act while it looks at the open renewals. */
const run = async (
  world: World,
  asked: Partial<Asked> = {},
  meanwhile: (renewer: ProgramRenewer) => Promise<unknown> = async () => undefined,
) => {
  const renewer = createRenewer(world.deps());
  const proceed = async (): Promise<void> => {
    await meanwhile(renewer);
    await renewer.proceed();
  };
  const find = world.deps().store.findRenewal;
  const wanted = { ...ASKED, ...asked };
  const ran = await world.time.run(runSteps({ renewer: { ...renewer, proceed }, find }, wanted, DESK));
  return { ...ran, code: exitForRun(ran, wanted.endsOld) };
};

const startedBefore = async (): Promise<World> => {
  const world = new World();
  const renewer = createRenewer(world.deps());
  await renewer.start("orders-prod", "refresh", ROBIN);
  await renewer.proceed();
  return world;
};

describe("a run that continues a renewal", () => {
  it.each<[string, (renewer: ProgramRenewer, world: World) => Promise<unknown>]>([
    ["timed_out", async (_, world) => world.time.pass(7 * DAY)],
    ["cancelled", async (renewer) => renewer.cancel("renewal-1", ROBIN)],
    ["put_back", async (renewer) => renewer.putBack("renewal-1", ROBIN)],
  ])("starts no other one when it has %s meanwhile, and revokes nothing", async (outcome, meanwhile) => {
    for (const asked of [{}, { endsOld: false }, { confirmsInUse: false, endsOld: false }]) {
      const world = await startedBefore();
      const ran = await run(world, asked, (renewer) => meanwhile(renewer, world));
      expect([ran.renewal?.outcome, ran.obstacle?.kind, ran.code]).toEqual([outcome, "already_ended", 1]);
      expect([world.renewals.size, world.revoked]).toEqual([1, []]);
    }
  });

  it("starts no other one when a crash had interrupted it", async () => {
    const world = new World();
    world.crashIn = "save before";
    await expect(createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    const ran = await run(world);
    expect([ran.renewal?.outcome, ran.obstacle?.kind, ran.code]).toEqual(["interrupted", "already_ended", 1]);
    expect([world.renewals.size, world.revoked]).toEqual([1, []]);
  });

  it("reports success when a colleague has finished it", async () => {
    const world = await startedBefore();
    const ran = await run(world, {}, async (renewer) => {
      await renewer.confirmInUse("renewal-1", ROBIN);
      await renewer.endOld("renewal-1", ROBIN);
    });
    expect([ran.renewal?.outcome, ran.obstacle, ran.code]).toEqual(["done", null, 0]);
    expect([world.renewals.size, world.revoked]).toEqual([1, [world.print("old")]]);
  });

  it("touches no other renewal that was opened meanwhile", async () => {
    const world = await startedBefore();
    const ran = await run(world, {}, async (renewer) => {
      await renewer.cancel("renewal-1", ROBIN);
      await renewer.start("orders-prod", "refresh", ROBIN);
    });
    expect([ran.renewal, ran.obstacle?.kind, ran.code]).toEqual([null, "already_open", 1]);
    expect([world.renewals.size, world.revoked]).toEqual([2, []]);
  });

  it("confirms the use and ends the old token", async () => {
    const world = await startedBefore();
    const ran = await run(world);
    expect([ran.renewal?.outcome, ran.code, world.revoked]).toEqual(["done", 0, [world.print("old")]]);
  });
});

describe("a run that saves the token itself", () => {
  it.each<[string, (world: World) => Partial<Asked>]>([
    ["refreshed", () => ({})],
    ["refreshed, without --end-old", () => ({ endsOld: false })],
    ["given", (world) => ({ given: world.issue("given", 60) })],
  ])("does not confirm its use and ends no token: %s", async (_, asked) => {
    const world = new World();
    const ran = await run(world, asked(world));
    expect([ran.obstacle?.kind, ran.code, ran.renewal?.outcome]).toEqual(["just_saved", 1, null]);
    expect([world.revoked, world.kept(), world.saved.length]).toEqual([[], world.print("old"), 1]);
    const next = await run(world);
    expect([next.renewal?.outcome, next.code, world.revoked]).toEqual(["done", 0, [world.print("old")]]);
  });

  it("may confirm a token that a person saved before", async () => {
    const world = new World();
    const fresh = world.issue("given", 60);
    const renewer = createRenewer(world.deps());
    const [last] = (await world.deps().verdicts()).values();
    world.last = last ?? undefined;
    world.disk.set(FILE.path, fresh);
    await renewer.proceed();
    const ran = await run(world, { given: fresh });
    expect(ran.obstacle).toBeNull();
    expect(world.saved).toEqual([]);
  });

  it("ends the old token when the proofs give the new one", async () => {
    const world = new World();
    world.settings = { ...world.settings, proofs: [{ kind: "exec", argv: ["fingerprint"] }] };
    const ran = await run(world);
    expect([ran.renewal?.outcome, ran.code, world.revoked]).toEqual(["done", 0, [world.print("old")]]);
  });
});
