import { readdir, readFile, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { readSqlite } from "../../../src/store/sqlite/read-sqlite.ts";
import { fillWithRenewals } from "../contract/latest-renewals.ts";
import { NOON } from "../contract/states.ts";
import { useFolder } from "./sqlite-folder.ts";

const { path, start } = useFolder();

const filled = async (file: string, ...names: readonly string[]): Promise<void> => {
  const store = await openSqliteStore({ path: file, exclusive: false });
  await store.sync(
    names.map((name) => ({ name, definition: "d" })),
    NOON,
  );
  await store.close();
};

it("a missing database is not created", async () => {
  expect(await readSqlite(path("data", "wa-token.db"))).toEqual({ kind: "missing" });
  expect(await readdir(path())).toEqual([]);
});

it("the watches are read beside a running bot, and nothing changes", async () => {
  const file = path("wa-token.db");
  await filled(file, "orders", "support");
  const before = [await readFile(file), await readdir(path())];
  expect(await readSqlite(file)).toMatchObject({ kind: "there", records: [{ name: "orders" }, { name: "support" }] });
  expect([await readFile(file), await readdir(path())]).toEqual(before);
  expect((await start(file, "bot")).said).toBe("open");
  expect(await readSqlite(file)).toMatchObject({ kind: "there", records: [{ name: "orders" }, { name: "support" }] });
});

it("the latest renewal of each watch is read", async () => {
  const file = path("wa-token.db");
  const store = await openSqliteStore({ path: file, exclusive: true });
  const renewals = await fillWithRenewals(store);
  expect(await readSqlite(file)).toEqual(expect.objectContaining({ kind: "there", renewals }));
  await store.close();
});

it("an empty file and a database of an earlier version are not upgraded", async () => {
  const empty = path("empty.db");
  await writeFile(empty, "");
  expect(await readSqlite(empty)).toEqual({ kind: "outdated" });
  expect(await readFile(empty, "utf8")).toBe("");
  const file = path("wa-token.db");
  await filled(file, "orders");
  const database = new DatabaseSync(file);
  database.exec("delete from kysely_migration where name like '0005%'");
  database.close();
  expect(await readSqlite(file)).toEqual({ kind: "outdated" });
});

it("a newer database, another file and a folder are refused", async () => {
  const file = path("wa-token.db");
  await filled(file, "orders");
  const database = new DatabaseSync(file);
  database.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')");
  database.close();
  await expect(readSqlite(file)).rejects.toMatchObject({ name: "StoreError", code: "newer_schema" });
  await writeFile(path("text.db"), "This is not a database. ".repeat(20));
  await expect(readSqlite(path("text.db"))).rejects.toMatchObject({ code: "corrupt" });
  await expect(readSqlite(path())).rejects.toMatchObject({ code: "cannot_open" });
});
