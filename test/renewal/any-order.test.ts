import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRenewer, type ProgramRenewer } from "../../src/renewal/create-renewer.ts";
import type { RenewerDeps } from "../../src/renewal/deps.ts";
import type { Renewal } from "../../src/renewal/renewal.ts";
import { isSettled } from "../../src/renewal/rules/steps.ts";
import type { Secret } from "../../src/token/secret/secret.ts";
import { SCOPES } from "../support/builders.ts";
import { DAY, MINUTE, ROBIN } from "./renewals.ts";
import { Crash, FILE, World } from "./world.ts";

const ACTS = [
  "refresh",
  "checklist",
  "give good",
  "give poor",
  "give short",
  "give old",
  "confirm",
  "end old",
  "put back",
  "cancel",
  "proceed",
  "proof new",
  "proof old",
  "away",
  "back",
  "a day",
  "a week",
] as const;
const PORTS = [
  "exchange",
  "examine",
  "check",
  "source",
  "save",
  "store",
  "previous",
  "putBack",
  "revoke",
  "proof",
  "drop",
];
const CRASHES = [undefined, undefined, undefined, ...PORTS, ...PORTS.map((port) => `${port} before`)];

const step = fc.record({ act: fc.constantFrom(...ACTS), crashIn: fc.constantFrom(...CRASHES) });

type Act = (typeof ACTS)[number];

const proofs = [{ kind: "url", url: "https://orders.example/fingerprint" }] as const;

/** The world after any sequence of actions and crashes, with the broken laws. */
const play = async (steps: readonly { readonly act: Act; readonly crashIn: string | undefined }[]) => {
  const world = new World();
  const broken = new Set<string>();
  let names = 0;
  world.settings = { ...world.settings, proofs };
  world.exchanged = () => ({ ok: true, secret: world.issue(`fresh${++names}`, 60) });
  const open = (): Renewal | undefined => [...world.renewals.values()].find(({ endedAt }) => endedAt === null);
  const law = (name: string, holds: boolean): void => void (holds || broken.add(name));

  const watched = (deps: RenewerDeps): RenewerDeps => ({
    ...deps,
    revoke: async (old, current, app) => {
      const renewal = open();
      law("ends the old token only after in use", renewal !== undefined && isSettled(renewal, "in_use"));
      return deps.revoke(old, current, app);
    },
  });
  let renewer = createRenewer(watched(world.deps()));
  const give = (secret: Secret) => renewer.give("orders-prod", secret, ROBIN, { acceptSooner: false });
  const latest = (): string => [...world.renewals.keys()].at(-1) ?? "none";
  world.beforeSave = () => {
    const renewal = open();
    law("writes only what passed the test", renewal !== undefined && isSettled(renewal, "test"));
    law("stores the fingerprint first", renewal?.after !== null);
  };

  const acts: Record<Act, () => Promise<unknown> | void> = {
    refresh: () => renewer.start("orders-prod", "refresh", ROBIN),
    checklist: () => renewer.start("orders-prod", "given", ROBIN),
    "give good": () => give(world.issue(`good${++names}`, null)),
    "give poor": () => give(world.issue(`poor${++names}`, null, [SCOPES[0]])),
    "give short": () => give(world.issue(`short${++names}`, 1)),
    "give old": () => give(world.disk.get(FILE.path) ?? world.issue("old", 10)),
    confirm: () => renewer.confirmInUse(latest(), ROBIN),
    "end old": () => renewer.endOld(latest(), ROBIN),
    "put back": () => renewer.putBack(latest(), ROBIN),
    cancel: () => renewer.cancel(latest(), ROBIN),
    proceed: () => renewer.proceed(),
    "proof new": () => void (world.uses = undefined),
    "proof old": () => void (world.uses = [world.print("old")]),
    away: () => void (world.away = true),
    back: () => void (world.away = false),
    "a day": () => world.time.pass(DAY),
    "a week": () => world.time.pass(7 * DAY),
  };

  for (const { act, crashIn } of steps) {
    world.crashIn = crashIn;
    try {
      await acts[act]();
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    if (world.crashIn !== undefined) {
      world.restart();
      renewer = createRenewer(watched(world.deps()));
    }
    const renewal = open();
    law("the place holds a living token", world.isAlive(world.onDisk()));
    law("one renewal is open", [...world.renewals.values()].filter(({ endedAt }) => endedAt === null).length <= 1);
    if (renewal !== undefined && !renewal.working && renewal.previousKept && isSettled(renewal, "write")) {
      const held = [world.onDisk(), world.kept(), ...world.revoked];
      law("the old token is kept", renewal.before === null || held.includes(renewal.before.fingerprint));
    }
  }
  await settleAll(world, renewer);
  law(
    "nothing stays at work",
    [...world.renewals.values()].every(({ working }) => !working),
  );
  const tested = [...world.renewals.values()].map(({ after }) => after?.fingerprint);
  law(
    "only tested tokens were saved",
    world.saved.every((saved) => tested.includes(saved)),
  );
  return { world, broken: [...broken] };
};

/** After a crash, a round with a readable source finds out what happened. */
const settleAll = async (world: World, renewer: ProgramRenewer): Promise<void> => {
  world.away = false;
  world.time.pass(MINUTE);
  await renewer.proceed();
};

describe("any order of actions and crashes", () => {
  it("keeps a living token in its place, writes only tested tokens, and ends no token that may be in use", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        expect((await play(steps)).broken).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("can reach the end", async () => {
    const acts: readonly Act[] = ["refresh", "proceed", "proceed", "proceed", "end old"];
    const { world } = await play(acts.map((act) => ({ act, crashIn: undefined })));
    expect(world.revoked).toEqual([world.print("old")]);
  });
});
