import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { inspectSqlite } from "../../../src/store/sqlite/inspect-sqlite.ts";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { useFolder } from "./sqlite-folder.ts";
import { NOON } from "../contract/states.ts";
import { STEPS } from "../migrations/steps.ts";

const { path, start } = useFolder();

const filled = async (file: string, ...names: readonly string[]): Promise<void> => {
  const store = await openSqliteStore({ path: file, exclusive: false });
  await store.sync(
    names.map((name) => ({ name, definition: "d" })),
    NOON,
  );
  await store.close();
};

it("a missing database can be created, and is not created", async () => {
  expect(await inspectSqlite(path("data", "deep", "wa-token.db"))).toEqual({ kind: "missing" });
  expect(await readdir(path())).toEqual([]);
});

it("a database stays unchanged, without new files next to it, and its watches are counted", async () => {
  const file = path("wa-token.db");
  await filled(file, "orders", "support");
  const before = [await readFile(file), await readdir(path())];
  expect(await inspectSqlite(file)).toEqual({
    kind: "there",
    pending: 0,
    watches: 2,
    budgets: new Map(),
    deadlines: new Map(),
  });
  expect([await readFile(file), await readdir(path())]).toEqual(before);
});

it("a database can be inspected next to a running bot", async () => {
  const file = path("wa-token.db");
  await filled(file, "orders");
  expect((await start(file, "bot")).said).toBe("open");
  expect(await inspectSqlite(file)).toEqual({
    kind: "there",
    pending: 0,
    watches: 1,
    budgets: new Map(),
    deadlines: new Map(),
  });
});

it.each([
  ["an empty file", async (file: string) => writeFile(file, "")],
  [
    "a database without our tables",
    async (file: string) => {
      const database = new DatabaseSync(file);
      database.exec("create table notes (text)");
      database.close();
    },
  ],
])("%s is not upgraded", async (_name, make) => {
  const file = path("wa-token.db");
  await make(file);
  const before = await readFile(file);
  expect(await inspectSqlite(file)).toEqual({
    kind: "there",
    pending: STEPS,
    watches: 0,
    budgets: new Map(),
    deadlines: new Map(),
  });
  expect(await readFile(file)).toEqual(before);
});

it("a database of a newer version is refused", async () => {
  const file = path("wa-token.db");
  await filled(file, "orders");
  const database = new DatabaseSync(file);
  database.exec("insert into kysely_migration values ('0999-time-travel', '2027-01-01T00:00:00.000Z')");
  database.close();
  await expect(inspectSqlite(file)).rejects.toMatchObject({ code: "newer_schema" });
});

/** Creates a database and damages it from a byte on. A negative number counts from the end. */
const damage = async (file: string, from: number): Promise<void> => {
  await filled(file, "orders");
  const bytes = await readFile(file);
  bytes.fill(0x5a, from < 0 ? bytes.length + from : from);
  await writeFile(file, bytes);
};

it.each([
  ["a folder", async (file: string) => mkdir(file), "cannot_open", /is a folder/],
  ["some text", async (file: string) => writeFile(file, "notes"), "corrupt", /is not an SQLite database/],
  [
    "noise",
    async (file: string) => writeFile(file, Buffer.alloc(10_000, 0xab)),
    "corrupt",
    /is not an SQLite database/,
  ],
  [
    "a database damaged from its first pages on",
    async (file: string) => damage(file, 4_096),
    "corrupt",
    /is damaged\./,
  ],
  [
    "a database damaged at its end",
    async (file: string) => damage(file, -4_096),
    "corrupt",
    /is not an SQLite database, or is damaged/,
  ],
])("%s is refused as at the start", async (_name, make, code, message) => {
  const file = path("wa-token.db");
  await make(file);
  await expect(inspectSqlite(file)).rejects.toMatchObject({
    name: "StoreError",
    code,
    message: expect.stringMatching(message),
  });
});

it("a place where nothing can be created is refused", async () => {
  await writeFile(path("notes"), "");
  for (const file of [path("notes", "wa-token.db"), "/proc/no-such-folder/wa-token.db"])
    await expect(inspectSqlite(file)).rejects.toMatchObject({
      name: "StoreError",
      message: expect.stringMatching(/cannot be created \(E/),
    });
});

it("a read-only database is refused as the bot refuses it", async () => {
  const file = path("data", "wa-token.db");
  await filled(file, "orders");
  await chmod(path(), 0o755);
  await chmod(path("data"), 0o777);
  await chmod(file, 0o444);
  expect((await start(file, "inspect", "as-nobody")).said).toMatch(/^read_only: .+wa-token\.db cannot be written/);
  await writeFile(path("data", "empty.db"), "", { mode: 0o444 });
  expect((await start(path("data", "empty.db"), "inspect", "as-nobody")).said).toMatch(/^read_only: /);
});

it("a place and a database without write permission are refused", async () => {
  const file = path("data", "wa-token.db");
  await filled(file, "orders");
  await chmod(path(), 0o755);
  await chmod(path("data"), 0o555);
  await chmod(file, 0o444);
  expect((await start(file, "inspect", "as-nobody")).said).toMatch(/^(read_only|cannot_open): .+wa-token\.db/);
  expect((await start(path("data", "other.db"), "inspect", "as-nobody")).said).toMatch(
    /^read_only: .+other\.db cannot be created/,
  );
  expect((await stat(file)).mode & 0o777).toBe(0o444);
  await chmod(path("data"), 0o755);
});
