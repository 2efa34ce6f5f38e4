import { readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { expect, it } from "vitest";
import { migrate } from "../../../src/store/migrations.ts";
import { openSqliteStore, sqliteStoreDialect } from "../../../src/store/sqlite/open-sqlite.ts";
import type { Schema } from "../../../src/store/tables/schema.ts";
import { createSqliteDialect } from "../../../src/store/sqlite/dialect.ts";
import { explainSqlite } from "../../../src/store/sqlite/errors.ts";
import { openDatabase } from "../../../src/store/sqlite/file.ts";
import { createWatchStore } from "../../../src/store/watch-store.ts";
import type { Claim, WatchStore } from "../../../src/watch/ports.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { keepLog } from "../../support/keep-log.ts";
import { useFolder } from "./sqlite-folder.ts";
import {
  anAbsence,
  anAlert,
  anEntry,
  anOutcome,
  aState,
  aVerdict,
  aWord,
  claiming,
  minutes,
  NOON,
} from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";

const { path } = useFolder();

const claimOne = async (store: WatchStore): Promise<Claim> => {
  const [claim] = await store.claimDue({
    names: ["orders"],
    now: minutes(1_000),
    leaseMs: 1,
    limit: 1,
    which: "all",
    roundStartedAt: minutes(1_000),
  });
  if (claim === undefined) throw new Error("nothing to claim");
  return claim;
};

it("a full disk is reported as such, and the earlier data is intact", async () => {
  const file = path("wa-token.db");
  const database = openDatabase(file, false);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  await migrate(db, sqliteStoreDialect(file));
  const store = createWatchStore(db, sqliteStoreDialect(file));
  await store.sync([{ name: "orders", definition: "d" }], NOON);
  const before = aState({ alert: anAlert() });
  await saveRound(store, await claimOne(store), anOutcome({ state: before, checkedAt: NOON, nextDueAt: NOON }));

  // Simulates a full disk: SQLite answers as when a write finds no space.
  const claim = await claimOne(store);
  database.exec("pragma max_page_count = 1");
  const history = Array.from({ length: 200 }, () => anEntry());
  const state = aState({ verdict: null, alert: anAlert({ revision: 2 }) });
  const outcome = anOutcome({ state, checkedAt: minutes(1), nextDueAt: minutes(1), replies: [aWord()], history });
  await expect(saveRound(store, claim, outcome)).rejects.toMatchObject({
    name: "StoreError",
    code: "full",
    message: `The database ${file} has no disk space left. The last change was not saved; earlier data is intact. Free some disk space.`,
  });
  expect((await store.list())[0]).toMatchObject({ state: before, checkedAt: NOON });

  database.exec("pragma max_page_count = 1000000");
  expect(await saveRound(store, claim, outcome)).toBe(true);
  expect((await store.list())[0]?.state).toEqual(state);
  await store.close();
});

it("a row that a person edited is reported with the watch's name, and logged once", async () => {
  const file = path("wa-token.db");
  const { log, lines } = keepLog();
  const store = await openSqliteStore({ path: file, exclusive: true, log });
  await store.sync([{ name: "orders", definition: "d" }], NOON);
  const other = new DatabaseSync(file);
  other.exec(`update watches set verdict = '{"state":"fine"}'`);
  other.close();
  const words = "The stored state of watch orders cannot be read.";
  expect(await store.list()).toMatchObject([{ unreadable: expect.stringContaining(words) }]);
  await store.list();
  expect(lines).toMatchObject([
    { msg: "a stored row cannot be read; it is set aside", err: { message: expect.stringContaining(words) } },
  ]);
  await store.close();
});

it.each([
  [5, "busy"],
  [8, "read_only"],
  [10, "io"],
  [11, "corrupt"],
  [13, "full"],
  [14, "cannot_open"],
  [26, "corrupt"],
])("SQLite's result %i is reported as %s, its extended codes too", (result, code) => {
  for (const errcode of [result, result + 256 * 7])
    expect(explainSqlite(Object.assign(new Error("words of SQLite"), { errcode }), "/data/x.db")).toMatchObject({
      code,
      message: expect.stringMatching(/^The database \/data\/x\.db .+\.$/),
    });
});

it.each([[new RangeError("a slip of ours")], [Object.assign(new Error("constraint"), { errcode: 19 })]])(
  "an error that an operator cannot correct stays unchanged: %s",
  (error) => {
    expect(explainSqlite(error, "/data/x.db")).toBe(error);
  },
);

it("unknown fields of a state never reach the file", async () => {
  const file = path("wa-token.db");
  const canary = fakeToken("canary");
  const store = await openSqliteStore({ path: file, exclusive: true });
  await store.sync([{ name: "orders", definition: "d" }], NOON);
  const known = aVerdict();
  const verdict = { ...known, raw: canary, token: known.token && { ...known.token, accessToken: canary } };
  const saved = async (revision: number): Promise<void> => {
    const alert = { ...anAlert({ verdict, revision }), raw: canary };
    const state = { ...aState({ verdict, alert }), secret: canary };
    const word = { ...aWord({ verdict }), text: canary };
    const missed = [{ ...anEntry(), raw: canary }];
    const body = { kind: "absence", from: NOON, to: NOON, watches: 1, missed, more: 0, raw: canary } as const;
    const outcome = { replies: [word], history: missed, messages: [anAbsence({ body })] };
    await saveRound(store, await claimOne(store), anOutcome({ state, ...outcome }));
  };
  await saved(1);
  await saved(2);
  expect((await store.list())[0]?.state.alert?.verdict).toEqual(aVerdict());
  expect((await readFile(`${file}-wal`)).includes("alert-1")).toBe(true);
  for (const suffix of ["", "-wal", ".lock"]) expect((await readFile(file + suffix)).includes(canary)).toBe(false);
  await store.close();
});

it("claimed rows are found through an index, without a scan of the others", async () => {
  const database = openDatabase(path("wa-token.db"), false);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  await migrate(db, sqliteStoreDialect("x"));
  const seen: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    seen.push(sql);
    return prepare(sql);
  };
  const store = createWatchStore(db, sqliteStoreDialect("x"));
  const planOf = async (work: () => Promise<unknown>): Promise<string> => {
    seen.length = 0;
    await work();
    const plans = seen.map((query) =>
      prepare(`explain query plan ${query}`).all(...query.matchAll(/\?/g).map(() => 1)),
    );
    return JSON.stringify(plans);
  };
  const due = { names: ["a"], now: NOON, leaseMs: 1, limit: 1, which: "due", roundStartedAt: NOON } as const;
  const regroup = async () => store.regroup(() => ({ places: [], merges: [], reminders: [] }), NOON);
  const claimAll = claiming({ quiet: true, except: ["C1"] });
  for (const [index, work] of [
    ["COVERING INDEX owed_order", () => store.claim(claimAll)],
    ["owed_unplaced .+ messages_unposted .+ owed_reminders", regroup],
    ["owed_by_message", () => store.undelivered()],
    ["watches_due .+ watches_checked .+ watches_checked", () => store.claimDue(due)],
    ["watches_urgent .+ watches_urgent_late", () => store.claimDue({ ...due, onlyUrgent: true })],
    ["history_of_watch", () => store.history({ watch: "a", limit: 1 })],
    ["history_by_time", () => store.prune(NOON)],
  ] as const) {
    const plan = await planOf(work);
    expect(plan).toMatch(new RegExp(index));
  }
  database.close();
});
