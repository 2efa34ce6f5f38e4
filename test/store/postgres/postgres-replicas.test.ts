import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { createDatabase, postgres, type TestDatabase, useDatabase } from "../../support/postgres-database.ts";
import { programFile } from "../../support/programs.ts";
import { eachAlone } from "../contract/contract-store.ts";
import { anAlert, anOutcome, asItIs, aState, claiming, minutes, NOON } from "../contract/states.ts";
import { STEPS } from "../migrations/steps.ts";
import { saveRound } from "../../support/save-round.ts";

const PROGRAM = programFile("postgres");

/** Another process on the database. Yields its lines one by one. */
const start = (database: TestDatabase, role: "open" | "claim") => {
  const { port, database: name } = database.server;
  const child = spawn(process.execPath, [PROGRAM, String(port), name, role], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    line: async (): Promise<string> => String((await lines.next()).value),
    go: () => child.stdin.end("go\n"),
    ended,
  };
};

/** Several processes that wait until all have loaded their modules. */
const startTogether = async (database: TestDatabase, role: "open" | "claim", count: number) => {
  const replicas = Array.from({ length: count }, () => start(database, role));
  for (const { line } of replicas) if ((await line()) !== "ready") throw new Error("a replica did not start");
  for (const { go } of replicas) go();
  return replicas;
};

describe.skipIf(postgres === null)("several bots on one PostgreSQL", () => {
  const database = useDatabase("migrated");

  it("five bots start at once on an empty database: one creates the tables, all of them open", async () => {
    const empty = await createDatabase("empty");
    const replicas = await startTogether(empty, "open", 5);
    expect(await Promise.all(replicas.map(({ line }) => line()))).toEqual(["open", "open", "open", "open", "open"]);
    await Promise.all(replicas.map(({ ended }) => ended));
    expect(await empty.sql("select name from kysely_migration")).toHaveLength(STEPS);
    await empty.drop();
  });

  it("five stores that open at once in one process do the same", async () => {
    const empty = await createDatabase("empty");
    const opening = Array.from({ length: 5 }, async () => openPostgresStore({ server: empty.server, pool: 1 }));
    for (const store of await Promise.all(opening)) await store.close();
    expect(await empty.sql("select name from kysely_migration")).toHaveLength(STEPS);
    await empty.drop();
  });

  it("two processes and 200 due watches: each watch is claimed once", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 2 });
    const names = Array.from({ length: 200 }, (_, index) => `watch-${index}`);
    await store.sync(
      names.map((name) => ({ name, definition: "d" })),
      new Date(Date.now() - 60_000),
    );
    const replicas = await startTogether(database(), "claim", 2);
    expect(await Promise.all(replicas.map(({ line }) => line()))).toEqual(["open", "open"]);
    const taken = await Promise.all(replicas.map(async ({ line }) => JSON.parse(await line()) as readonly string[]));
    expect(taken.flat().toSorted()).toEqual(names.toSorted());
    // Both must have a share, or the test proves nothing.
    expect(taken.map((share) => share.length > 0)).toEqual([true, true]);
    await Promise.all(replicas.map(({ ended }) => ended));
    expect((await store.list()).filter(({ checkedAt }) => checkedAt === null)).toEqual([]);
    await store.sync([], NOON, { resolveRemoved: asItIs });
    await store.close();
  });

  it("the claims of a dead replica are taken over when the lease ends", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 2 });
    await store.sync([{ name: "orders", definition: "d" }], NOON);
    const due = { names: ["orders"], leaseMs: 60_000, limit: 1, which: "due" } as const;
    const [claim] = await store.claimDue({ ...due, now: NOON, roundStartedAt: NOON });
    if (claim === undefined) throw new Error("nothing was due");
    const state = aState({ alert: anAlert() });
    await saveRound(store, claim, anOutcome({ state, checkedAt: NOON, nextDueAt: NOON }));
    await store.regroup(eachAlone, NOON);
    const dead = await openPostgresStore({ server: database().server, pool: 2 });
    expect(await dead.claimDue({ ...due, now: minutes(1), roundStartedAt: minutes(1) })).toHaveLength(1);
    expect(await dead.claim(claiming({ now: minutes(1), limit: 1 }))).toHaveLength(1);
    // Its connections break silently, as when the machine fails.
    await database().sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    const early = minutes(1.5);
    expect(await store.claimDue({ ...due, now: early, roundStartedAt: early })).toEqual([]);
    expect(await store.claim(claiming({ now: early, limit: 1 }))).toEqual([]);
    const late = minutes(2);
    expect(await store.claimDue({ ...due, now: late, roundStartedAt: late })).toHaveLength(1);
    expect(await store.claim(claiming({ now: late, limit: 1 }))).toHaveLength(1);
    await store.close();
    await dead.close();
  });

  it("rows that another replica holds are skipped, without a wait", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 2 });
    await store.sync(
      [
        { name: "held", definition: "d" },
        { name: "free", definition: "d" },
      ],
      NOON,
      { resolveRemoved: asItIs },
    );
    await database().sql("begin");
    await database().sql("select * from watches where name = 'held' for update");
    const claims = await store.claimDue({
      names: ["held", "free"],
      now: NOON,
      leaseMs: 60_000,
      limit: 10,
      which: "due",
      roundStartedAt: NOON,
    });
    expect(claims.map(({ watch }) => watch)).toEqual(["free"]);
    await database().sql("rollback");
    await store.close();
  });

  it("replicas that save the same watchlist at once do not disturb each other", async () => {
    const stores = await Promise.all(
      Array.from({ length: 4 }, async () => openPostgresStore({ server: database().server, pool: 1 })),
    );
    const cards = Array.from({ length: 100 }, (_, index) => ({ name: `crowd-${index}`, definition: "d" }));
    const lists = stores.map((_, index) => (index % 2 === 0 ? cards : cards.toReversed()));
    await Promise.all(
      stores.map(async (store, index) => store.sync(lists[index] ?? [], NOON, { resolveRemoved: asItIs })),
    );
    expect(await stores[0]?.list()).toHaveLength(100);
    for (const store of stores) await store.close();
  });
});
