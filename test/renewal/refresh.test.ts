import { describe, expect, it } from "vitest";
import { createRenewer } from "../../src/renewal/create-renewer.ts";
import type { RenewerDeps } from "../../src/renewal/deps.ts";
import type { Renewed } from "../../src/renewal/renewer.ts";
import { SCOPES } from "../support/builders.ts";
import { PHONE, ROBIN } from "./renewals.ts";
import { Crash, FILE, World } from "./world.ts";

const proofs = [{ kind: "url", url: "https://orders.example/fingerprint" }] as const;
const start = (world: World) => createRenewer(world.deps()).start("orders-prod", "refresh", ROBIN);
const obstacleOf = (renewed: Renewed): string => (renewed.ok ? "none" : renewed.obstacle.kind);

describe("a refresh", () => {
  it("obtains, tests and saves, then polls until the use is proven and a person must act", async () => {
    const world = new World();
    world.settings = { ...world.settings, proofs };
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    expect(world.steps()).toEqual(["obtain done exchanged", "test done tested", "write done saved"]);
    expect([world.onDisk(), world.kept()]).toEqual([world.print("fresh"), world.print("old")]);
    const began = world.time.now();
    await world.time.run(renewer.settle("renewal-1"));
    expect(world.steps().slice(3)).toEqual(["read_back done read", "in_use done proven"]);
    expect(world.time.now().getTime() - began.getTime()).toBe(10_000);
    expect(world.inspected).toEqual([["orders-prod"]]);
    expect(world.acknowledged).toEqual(["orders-prod"]);
    await renewer.endOld("renewal-1", ROBIN);
    expect(world.steps().at(-1)).toBe("end_old done ended");
    expect([world.isAlive(world.print("old")), world.isAlive(world.print("fresh")), world.kept()]).toEqual([
      false,
      true,
      "",
    ]);
    expect(world.renewals.get("renewal-1")).toMatchObject({ outcome: "done", previousKept: false, working: false });
    expect(world.audit()).toEqual([
      "started",
      "obtain done",
      "test done",
      "write done",
      "read_back done",
      "in_use done",
      "end_old done",
      "ended done",
    ]);
  });

  it("stores the new fingerprint before it saves the token", async () => {
    const world = new World();
    const stored: unknown[] = [];
    world.beforeSave = () => stored.push(world.renewals.get("renewal-1")?.after?.fingerprint);
    await start(world);
    expect(stored).toEqual([world.print("fresh")]);
  });

  it("gives every saved change to the program, with rising revisions", async () => {
    const world = new World();
    const saved: number[] = [];
    const onSaved: RenewerDeps["onSaved"] = ({ revision }) => saved.push(revision);
    await createRenewer({ ...world.deps(), onSaved }).start("orders-prod", "refresh", ROBIN);
    expect(saved).toEqual([1, 2, 3, 4]);
  });

  it("goes on when the alert cannot be acknowledged, or the inspection fails", async () => {
    const world = new World();
    const fails = async () => Promise.reject(new Error("The store does not answer."));
    const renewer = createRenewer({ ...world.deps(), acknowledge: fails, inspectNow: fails });
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.proceed();
    expect(world.steps().at(-1)).toBe("in_use not_proven no_proof");
  });

  it("is prepared without a change, also after a crash", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    expect(await renewer.prepare("orders-prod", "refresh")).toEqual({ ok: true });
    world.crashIn = "exchange";
    await expect(renewer.start("orders-prod", "refresh", ROBIN)).rejects.toThrow(Crash);
    world.restart();
    expect(await renewer.prepare("orders-prod", "refresh")).toMatchObject({ obstacle: { kind: "already_open" } });
    expect(world.renewals.get("renewal-1")?.revision).toBe(1);
  });

  it("checks the place before it asks Meta for a token", async () => {
    const world = new World();
    await start(world);
    expect(world.calls.indexOf("check")).toBeLessThan(world.calls.indexOf("exchange"));
    expect(world.calls.filter((call) => call === "exchange")).toHaveLength(1);
  });

  it("of the same string with a later end writes nothing and has nothing to end", async () => {
    const world = new World();
    world.exchanged = () => ({ ok: true, secret: world.issue("old", 60) });
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.proceed();
    expect(world.saved).toEqual([]);
    expect(world.steps().slice(2)).toEqual([
      "write skipped same_string",
      "read_back done read",
      "in_use skipped same_string",
      "end_old skipped same_string",
    ]);
    expect(world.renewals.get("renewal-1")?.outcome).toBe("done");
  });

  const failures: readonly [string, (world: World) => void, readonly string[]][] = [
    [
      "Meta refuses",
      (world) => {
        world.exchanged = () => ({ ok: false, kind: "refused", refusal: "wrong_app", message: "No." });
      },
      ["obtain failed exchange_refused"],
    ],
    [
      "Meta's answer is lost",
      (world) => {
        world.exchanged = () => ({ ok: false, kind: "unanswered", message: "Too slow." });
      },
      ["obtain failed exchange_unanswered"],
    ],
    [
      "the new token lost a permission",
      (world) => {
        world.exchanged = () => ({ ok: true, secret: world.issue("fresh", 60, ["whatsapp_business_messaging"]) });
      },
      ["obtain done exchanged", "test failed findings"],
    ],
    [
      "the new token cannot reach the number",
      (world) => {
        world.unreached = PHONE;
      },
      ["obtain done exchanged", "test failed not_reached"],
    ],
    [
      "the new token belongs to another app",
      (world) => {
        world.exchanged = () => ({ ok: true, secret: world.issue("fresh", 60, SCOPES, "100000000000099") });
      },
      ["obtain done exchanged", "test failed not_tested"],
    ],
    [
      "the new token ends no later",
      (world) => {
        world.exchanged = () => ({ ok: true, secret: world.issue("fresh", 9) });
      },
      ["obtain done exchanged", "test failed ends_not_later"],
    ],
    [
      "Meta does not answer the test",
      (world) => {
        world.exchanged = () => {
          world.away = true;
          return { ok: true, secret: world.issue("fresh", 60) };
        };
      },
      ["obtain done exchanged", "test failed not_tested"],
    ],
    [
      "the disk is full",
      (world) => {
        world.full = true;
      },
      ["obtain done exchanged", "test done tested", "write failed not_saved"],
    ],
    [
      "a command fails, which may have saved it",
      (world) => {
        world.full = true;
        world.settings = { ...world.settings, write: { kind: "exec", argv: ["vault"] } };
      },
      ["obtain done exchanged", "test done tested", "write failed command_failed"],
    ],
    [
      "somebody changes the place meanwhile",
      (world) => {
        world.beforeSave = () => world.disk.set(FILE.path, world.issue("third", 30));
      },
      ["obtain done exchanged", "test done tested", "write failed place_changed"],
    ],
  ];

  it.each(failures)("ends and writes nothing when %s", async (_, prepare, steps) => {
    const world = new World();
    prepare(world);
    await start(world);
    expect(world.steps()).toEqual(steps);
    expect(world.renewals.get("renewal-1")).toMatchObject({ outcome: "failed", working: false });
    expect(world.saved).toEqual([]);
    expect(world.isAlive(world.print("old"))).toBe(true);
  });

  const obstacles: readonly [string, (world: World) => void, string][] = [
    ["no place to write", (world) => (world.settings = { ...world.settings, write: undefined }), "no_write"],
    ["an unknown watch", (world) => (world.watched = false), "unknown_watch"],
    ["a watch that is not known now", (world) => ([world.watched, world.knowsAll] = [false, false]), "not_known"],
    ["no source", (world) => world.disk.delete(FILE.path), "source_unreadable"],
    ["a dead token", (world) => world.kill("old"), "dead_token"],
    ["a Never token", (world) => world.issue("old", null), "never_token"],
    ["no answer of Meta", (world) => (world.away = true), "not_known"],
  ];

  it.each(obstacles)("does not start with %s", async (_, prepare, kind) => {
    const world = new World();
    prepare(world);
    expect(obstacleOf(await start(world))).toBe(kind);
    const prepared = await createRenewer(world.deps()).prepare("orders-prod", "refresh");
    expect(prepared).toMatchObject({ ok: false, obstacle: { kind } });
    expect([world.renewals.size, world.calls.includes("exchange")]).toEqual([0, false]);
  });

  it("does not start twice", async () => {
    const world = new World();
    const [first, second] = await world.time.run(Promise.all([start(world), start(world)]));
    expect([obstacleOf(first), obstacleOf(second)].toSorted()).toEqual(["already_open", "none"]);
    expect(world.saved).toHaveLength(1);
  });

  it("waits for the renewal of another watch that saves to the same place", async () => {
    const world = new World();
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    const second = await renewer.start("crm-prod", "refresh", ROBIN);
    expect(second).toEqual({ ok: false, obstacle: { kind: "place_busy", watch: "orders-prod" } });
    for (const way of ["refresh", "given"] as const) expect(await renewer.prepare("crm-prod", way)).toEqual(second);
    await renewer.cancel("renewal-1", ROBIN);
    expect(await renewer.prepare("crm-prod", "refresh")).toEqual({ ok: true });
  });

  it("inspects every watch at the same place after the read back", async () => {
    const world = new World();
    world.others = new Map([["crm-prod", null]]);
    const renewer = createRenewer(world.deps());
    await renewer.start("orders-prod", "refresh", ROBIN);
    await renewer.proceed();
    expect(world.inspected).toEqual([["orders-prod", "crm-prod"]]);
  });

  it("goes on beside the bot after the write", async () => {
    const world = new World();
    world.settings = { ...world.settings, proofs };
    const renewer = createRenewer(world.deps(true));
    const renewed = await renewer.start("orders-prod", "refresh", ROBIN);
    expect(renewed.ok && renewed.renewal.steps.map(({ step }) => step)).toEqual(["obtain", "test", "write"]);
    await world.time.run(renewer.idle());
    expect(world.steps().at(-1)).toBe("in_use done proven");
  });
});
