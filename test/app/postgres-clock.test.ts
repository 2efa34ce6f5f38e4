import { describe, expect, it, onTestFinished } from "vitest";
import { createClock } from "../../src/app/clock.ts";
import { openPostgresStore } from "../../src/store/postgres/open-postgres.ts";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { anOutcome, asItIs } from "../store/contract/states.ts";
import { keepLog } from "../support/keep-log.ts";
import { postgres, useDatabase } from "../support/postgres-database.ts";
import { saveRound } from "../support/save-round.ts";

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;

describe.skipIf(postgres === null)("replicas whose clocks disagree", () => {
  const database = useDatabase("migrated");

  /** Starts a replica with a wrong machine clock; returns the watches that it claims. */
  const aReplica = async (wrongMs: number) => {
    const store = await openPostgresStore({ server: database().server, pool: 1 });
    onTestFinished(() => store.close());
    const { now, correct } = createClock(() => new Date(Date.now() + wrongMs), keepLog().log);
    await correct(store);
    const due = { names: ["orders", "crm"], leaseMs: 60_000, limit: 10, which: "due" } as const;
    return { store, now, claim: async () => store.claimDue({ ...due, now: now(), roundStartedAt: now() }) };
  };

  it.each([
    ["an hour ahead", HOUR_MS],
    ["an hour behind", -HOUR_MS],
  ])("one that is %s claims no watch of the others and misses none", async (_, wrongMs) => {
    const right = await aReplica(0);
    const wrong = await aReplica(wrongMs);
    await right.store.sync([{ name: "orders", definition: "d" }], right.now(), { resolveRemoved: asItIs });
    const [taken] = await right.claim();
    if (taken === undefined) throw new Error("nothing was due");
    // The other replica holds a lease that has not expired by the shared clock.
    expect(await wrong.claim()).toEqual([]);
    const checkedAt = right.now();
    const later = new Date(checkedAt.getTime() + QUARTER_MS);
    await saveRound(right.store, taken, anOutcome({ state: NEW_WATCH, checkedAt, nextDueAt: later }));
    expect(await wrong.claim()).toEqual([]);
    await right.store.sync([], right.now(), { resolveRemoved: asItIs });
    // A watch that this replica adds is due for all replicas.
    await wrong.store.sync([{ name: "crm", definition: "d" }], wrong.now());
    await expect.poll(async () => (await right.claim()).map(({ watch }) => watch)).toEqual(["crm"]);
    await right.store.sync([], right.now(), { resolveRemoved: asItIs });
  });
});
