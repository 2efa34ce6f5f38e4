import { chmod, chown, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { openDatabase } from "../../../src/store/sqlite/file.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { say } from "../../crash/say.ts";
import { useFolder } from "./sqlite-folder.ts";
import { NOON } from "../contract/states.ts";

const { path, start } = useFolder();

const openBot = async (file: string): Promise<WatchStore> => openSqliteStore({ path: file, exclusive: true });
const openCommand = async (file: string): Promise<WatchStore> => openSqliteStore({ path: file, exclusive: false });
const modeOf = async (file: string): Promise<string> => ((await stat(file)).mode & 0o777).toString(8);

/** A database with one watch. */
const filled = async (file: string): Promise<void> => {
  const store = await openCommand(file);
  await store.sync([{ name: "orders", definition: "d" }], NOON);
  await store.close();
};

it("creates the folder and the file, both for their owner only", async () => {
  const file = path("deep", "data", "wa-token.db");
  const store = await openBot(file);
  await store.sync([{ name: "orders", definition: "d" }], NOON);
  expect(await modeOf(path("deep", "data"))).toBe("700");
  expect(await modeOf(file)).toBe("600");
  expect(await modeOf(`${file}-wal`)).toBe("600");
  expect(await modeOf(`${file}.lock`)).toBe("600");
  await store.close();
});

it("syncs every commit to the disk", () => {
  const database = openDatabase(path("wa-token.db"), false);
  expect(database.prepare("pragma synchronous").get()).toEqual({ synchronous: 2 });
  expect(database.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "wal" });
  database.close();
});

it("opens its own database again, unchanged", async () => {
  await filled(path("wa-token.db"));
  const store = await openBot(path("wa-token.db"));
  expect((await store.list()).map(({ name }) => name)).toEqual(["orders"]);
  await store.close();
});

it("many programs may create the same database at once", async () => {
  const file = path("data", "wa-token.db");
  const programs = await Promise.all(Array.from({ length: 3 }, async () => start(file, "command")));
  expect(programs.map(({ said }) => said)).toEqual(["open", "open", "open"]);
  const store = await openBot(file);
  expect(await store.list()).toHaveLength(3);
  await store.close();
}, 30_000);

it("a folder in place of the file is refused with a suitable file name", async () => {
  await mkdir(path("data"));
  await expect(openBot(path("data"))).rejects.toMatchObject({
    name: "StoreError",
    code: "cannot_open",
    message: `The database ${path("data")} is a folder. Set DATABASE_URL to a file, for example sqlite:${path("data")}/wa-token.db.`,
  });
});

it("a file in place of the folder is refused", async () => {
  await writeFile(path("data"), "");
  await expect(openBot(path("data", "wa-token.db"))).rejects.toMatchObject({
    code: "cannot_open",
    message: expect.stringContaining(path("data", "wa-token.db")),
  });
});

// Runs in its own process, because mkdir's `recursive` never returns below /proc and could not be stopped here.
it("a kernel folder, where no folder can be created, is refused", async () => {
  expect((await start("/proc/wa-token/data/x.db", "bot")).said).toMatch(
    /^(cannot_open|read_only): The database \/proc\/wa-token\/data\/x\.db cannot be created/,
  );
});

it("a folder without write permission is refused", async () => {
  const file = path("data", "wa-token.db");
  await mkdir(path("data"));
  await chmod(path(), 0o755);
  await chmod(path("data"), 0o555);
  expect((await start(file, "bot", "as-nobody")).said).toMatch(
    /^read_only: The database .+wa-token\.db cannot be created/,
  );
  expect((await start(path("data", "sub", "x.db"), "command", "as-nobody")).said).toMatch(/^read_only: .+x\.db/);
  await chmod(path("data"), 0o700);
  expect((await start(file, "command", "as-nobody")).said).toMatch(
    /^read_only: The database .+wa-token\.db cannot be created/,
  );
});

const isRoot = process.getuid?.() === 0;
if (!isRoot) say("The tests of databases of another owner are skipped: only root can make one.");

describe.runIf(isRoot)("a database of another owner", () => {
  const OURS = "but wa-token runs as uid 65534. Change the owner with chown, or run wa-token as that user.";
  const file = () => path("data", "wa-token.db");
  const said = async (role: "bot" | "command" | "inspect"): Promise<string> =>
    (await start(file(), role, "as-nobody")).said;
  beforeEach(async () => {
    await mkdir(path("data"));
    await chmod(path(), 0o755);
    await chmod(path("data"), 0o777);
  });

  it.each(["bot", "command", "inspect"] as const)("is reported with file, owner and our uid (%s)", async (role) => {
    await filled(file());
    expect(await said(role)).toMatch(/^(read_only|cannot_open): The database /);
    expect(await said(role)).toContain(`The file ${file()} belongs to uid 0 (root), ${OURS}`);
  });

  it("names the lock when only the lock belongs to another user", async () => {
    await writeFile(`${file()}.lock`, "", { mode: 0o600 });
    expect(await said("bot")).toContain(`The file ${file()}.lock belongs to uid 0 (root), ${OURS}`);
  });

  it.each([0o755, 0o700])("names the folder without write permission (%o)", async (mode) => {
    await chmod(path("data"), mode);
    expect(await said("bot")).toContain(`The folder ${path("data")} belongs to uid 0 (root), ${OURS}`);
  });

  it("names another uid than root's by its number", async () => {
    await filled(file());
    await chown(file(), 4_321, 4_321);
    expect(await said("bot")).toContain(`The file ${file()} belongs to uid 4321, ${OURS}`);
  });
});

it("a read-only database is refused, and stays unchanged", async () => {
  const file = path("data", "wa-token.db");
  await filled(file);
  await chmod(path(), 0o755);
  await chmod(path("data"), 0o555);
  await chmod(file, 0o444);
  const before = await readFile(file);
  const { said } = await start(file, "command", "as-nobody");
  expect(said).toMatch(/^(read_only|cannot_open): The database .+wa-token\.db cannot be (written|opened)\. /);
  expect(await readFile(file)).toEqual(before);
});

it.each([
  ["some text", Buffer.from("not a database, but somebody's notes\n")],
  ["one byte", Buffer.from("x")],
  ["binary noise", Buffer.alloc(10_000, 0xab)],
])("a file that is no database (%s) is refused by name and never overwritten", async (_, bytes) => {
  const file = path("wa-token.db");
  await writeFile(file, bytes);
  for (const open of [openBot, openCommand])
    await expect(open(file)).rejects.toMatchObject({
      code: "corrupt",
      message: expect.stringContaining(`The database ${file} is not an SQLite database, or is damaged.`),
    });
  expect(await readFile(file)).toEqual(bytes);
});

it("a damaged database is refused by name and never overwritten", async () => {
  const file = path("wa-token.db");
  await filled(file);
  const bytes = await readFile(file);
  bytes.fill(0x5a, bytes.length - 4_096);
  await writeFile(file, bytes);
  await expect(openBot(file)).rejects.toMatchObject({
    code: "corrupt",
    message: expect.stringContaining(`The database ${file} is not an SQLite database, or is damaged.`),
  });
  expect(await readFile(file)).toEqual(bytes);
});

it("a database of a newer version is refused, and the unknown step is named", async () => {
  const file = path("wa-token.db");
  await filled(file);
  const database = new DatabaseSync(file);
  database.exec("insert into kysely_migration values ('0999-time-travel', '2027-01-01T00:00:00.000Z')");
  database.close();
  await expect(openBot(file)).rejects.toMatchObject({
    code: "newer_schema",
    message: expect.stringMatching(
      /wa-token\.db was upgraded by a newer version .+0999-time-travel.+ Run that version again/,
    ),
  });
  const again = new DatabaseSync(file);
  expect(again.prepare("select count(*) as n from watches").get()).toEqual({ n: 1 });
  again.close();
});

it("a refused file stays closed: after a repair, it opens", async () => {
  const file = path("wa-token.db");
  await writeFile(file, "not a database");
  await expect(openBot(file)).rejects.toThrow("not an SQLite database");
  await writeFile(file, "");
  const store = await openBot(file);
  await store.close();
});
