import { expect, it } from "vitest";
import type { InspectionResult } from "../../src/token/inspection.ts";
import { fingerprintOf, Secret } from "../../src/token/secret/secret.ts";
import { type RoundDeps, runRound } from "../../src/watch/round.ts";
import { bookOf } from "../../src/watch/watch-book.ts";
import { NO_ESCALATION, after, anInspection, aWatch } from "../support/builders.ts";
import { fakeToken } from "../support/fake-token.ts";
import { keepLog } from "../support/keep-log.ts";
import { openMemoryStore } from "../support/memory-store.ts";

const MINUTE = 60_000;
const ALIVE: InspectionResult = { ok: true, inspection: anInspection() };

/** A round over three watches that are due every minute. The first one hangs until `ends`. */
const hanging = async () => {
  const names = ["hangs", "quick", "other"];
  const store = await openMemoryStore();
  await store.sync(
    names.map((name) => ({ name, definition: "d" })),
    after(-MINUTE),
  );
  const clock = { ms: 0 };
  const ticks = new EventTarget();
  const ends = Promise.withResolvers<InspectionResult>();
  const first = fingerprintOf(new Secret(fakeToken("hangs")));
  const deps: RoundDeps = {
    store,
    watches: bookOf(names.map((name) => aWatch({ name, source: { kind: "env", name }, checkIntervalMs: MINUTE }))),
    metaApp: undefined,
    readSource: async (source) => ({
      ok: true,
      secret: new Secret(fakeToken(source.kind === "env" ? source.name : "")),
      note: null,
    }),
    inspect: (secret) => (fingerprintOf(secret) === first ? ends.promise : Promise.resolve(ALIVE)),
    wait: () => Promise.resolve(),
    now: () => after(clock.ms),
    random: () => 0.5,
    newId: () => "alert",
    unknownAfterMs: 60 * MINUTE,
    repeatCriticalMs: 24 * 60 * MINUTE,
    escalation: NO_ESCALATION,
    inspectionsAtOnce: 100,
    log: keepLog().log,
    ticks,
  };
  const checked: string[] = [];
  const round = runRound({ ...deps, onCheck: (name) => void checked.push(name) }, "due");
  const tickAt = async (ms: number): Promise<readonly string[]> => {
    clock.ms = ms;
    ticks.dispatchEvent(new Event("tick"));
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
    return checked.splice(0).toSorted();
  };
  return { round, tickAt, end: () => ends.resolve(ALIVE) };
};

it("while a watch hangs, each tick checks the others that became due", async () => {
  const { round, tickAt, end } = await hanging();
  expect(await tickAt(0)).toEqual(["other", "quick"]);
  expect(await tickAt(29_000)).toEqual([]);
  expect(await tickAt(40_000)).toEqual(["other", "quick"]);
  expect(await tickAt(110_000)).toEqual(["other", "quick"]);
  end();
  expect(await round).toMatchObject({ checked: 7, failed: 0 });
});

it("a round looks for two minutes only, so that it ends", async () => {
  const { round, tickAt, end } = await hanging();
  await tickAt(0);
  expect(await tickAt(2 * MINUTE)).toEqual([]);
  end();
  expect(await round).toMatchObject({ checked: 3 });
});
