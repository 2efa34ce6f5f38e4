import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";
import { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { describe, expect, it } from "vitest";
import { watchesAndAlerts } from "../../../src/store/migrations/0001-watches-and-alerts.ts";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { createSqliteDialect } from "../../../src/store/sqlite/dialect.ts";
import { openDatabase } from "../../../src/store/sqlite/file.ts";
import { keepLog } from "../../support/keep-log.ts";
import { deliverAll, shown } from "../contract/contract-store.ts";
import { useFolder } from "./sqlite-folder.ts";

const { path } = useFolder();
const STEP = "0002-watch-definition";
const ONE_OUTBOX = "0005-one-outbox";
/** A database whose bot was killed before any row moved from the write-ahead log into the file. */
const RUNNING = new URL("../../fixtures/killed/running/", import.meta.url);
/** Longer than any lease and pause in it. */
const LATER = new Date("2026-12-01T00:00:00Z");

/** A database of the first version with one watch. */
const anOldFile = async (file: string): Promise<void> => {
  await mkdir(path("data"));
  const db = new Kysely<Record<string, Record<string, string>>>({
    dialect: createSqliteDialect(openDatabase(file, false)),
  });
  const steps = { "0001-watches-and-alerts": watchesAndAlerts };
  await new Migrator({ db, provider: { getMigrations: async () => steps } }).migrateToLatest();
  await db.insertInto("watches").values({ name: "orders", next_due_at: "2026-11-22T12:00:00.000Z" }).execute();
  await db.destroy();
};
const tablesOf = (file: string): readonly unknown[] => {
  using database = new DatabaseSync(file, { readOnly: true });
  return database
    .prepare("select name from sqlite_master where type = 'table'")
    .all()
    .map(({ name }) => name);
};

describe("the copy before an upgrade", () => {
  it("is the unchanged database, for its owner only, and the log names it", async () => {
    const file = path("data", "wa-token.db");
    await anOldFile(file);
    const { log, lines } = keepLog();
    const store = await openSqliteStore({ path: file, exclusive: true, log });
    await store.close();
    const copy = `${file}.before-${STEP}`;
    expect(((await stat(copy)).mode & 0o777).toString(8)).toBe("600");
    using database = new DatabaseSync(copy, { readOnly: true });
    expect(database.prepare("select name from watches").all()).toEqual([{ name: "orders" }]);
    expect(tablesOf(copy)).not.toContain("messages");
    expect(tablesOf(file)).toContain("messages");
    expect(JSON.stringify(lines)).toContain(copy);
  });

  it("has the changes that a killed bot left in its -wal file, and the upgrade reports them", async () => {
    await mkdir(path("data"));
    const file = path("data", "wa-token.db");
    for (const suffix of ["", "-wal"])
      await writeFile(file + suffix, gunzipSync(await readFile(new URL(`wa-token.db${suffix}.gz`, RUNNING))));
    const store = await openSqliteStore({ path: file, exclusive: true });
    const told = await deliverAll(store, LATER);
    await store.close();
    using copy = new DatabaseSync(`${file}.before-${ONE_OUTBOX}`, { readOnly: true });
    const untold = copy.prepare("select id from alerts where ts is null order by id").all();
    expect(untold.length).toBeGreaterThan(2);
    const posted = told.filter(({ call, claim }) => call.kind === "post" && claim.message.kind === "alert");
    expect(posted.flatMap(({ claim }) => shown(claim)).toSorted()).toEqual(untold.map(({ id }) => id));
  });

  it("is not made for a new or current database", async () => {
    const file = path("wa-token.db");
    for (let opened = 0; opened < 2; opened++) await (await openSqliteStore({ path: file, exclusive: true })).close();
    expect((await readdir(path())).filter((name) => name.includes("before"))).toEqual([]);
  });

  it("is necessary: without it nothing changes, and the error names both files", async () => {
    const file = path("data", "wa-token.db");
    await anOldFile(file);
    // A folder has the name of the copy, so the file cannot be created.
    await mkdir(`${file}.before-${STEP}`);
    await mkdir(path("data", `wa-token.db.before-${STEP}`, "x"));
    await expect(openSqliteStore({ path: file, exclusive: true })).rejects.toMatchObject({
      name: "StoreError",
      message: expect.stringContaining(`${file}.before-${STEP}`),
    });
    expect(tablesOf(file)).not.toContain("messages");
    expect((await readdir(path("data"))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
