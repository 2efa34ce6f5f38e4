import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { useFolder } from "./sqlite-folder.ts";
import { NOON } from "../contract/states.ts";

const { path, start } = useFolder();

it("a second bot on one file is refused, in this program and in another", async () => {
  const file = path("wa-token.db");
  const bot = await openSqliteStore({ path: file, exclusive: true });
  const sentence = `Another wa-token already runs on the database ${file}. Stop it first, or give this one its own DATABASE_URL.`;
  await expect(openSqliteStore({ path: file, exclusive: true })).rejects.toMatchObject({
    code: "in_use",
    message: sentence,
  });
  expect((await start(file, "bot")).said).toBe(`in_use: ${sentence}`);
  await bot.sync([{ name: "orders", definition: "d" }], NOON);
  expect(await bot.list()).toHaveLength(1);
  await bot.close();
});

it.each([
  ["a link to the file", (real: string, link: string) => symlink(real, link), ""],
  ["a link to its folder", (real: string, link: string) => symlink(dirname(real), link), "wa-token.db"],
])("a second bot is refused through %s, in either order", async (_, makeLink, name) => {
  const real = path("data", "wa-token.db");
  await mkdir(dirname(real));
  const linked = join(path("link"), name);
  await makeLink(real, path("link"));
  // Once without the file, once with it.
  for (const [first, second] of [
    [linked, real],
    [real, linked],
  ] as const) {
    const bot = await openSqliteStore({ path: first, exclusive: true });
    expect((await start(second, "bot")).said).toMatch(/^in_use: /);
    await bot.close();
  }
  expect(existsSync(`${real}.lock`)).toBe(true);
});

it("a link that leads to itself is refused by name", async () => {
  await symlink(path("wa-token.db"), path("wa-token.db"));
  await expect(openSqliteStore({ path: path("wa-token.db"), exclusive: true })).rejects.toMatchObject({
    code: "cannot_open",
    message: expect.stringContaining("cannot be created (ELOOP)"),
  });
});

it("a command works next to a running bot, and each sees the other's saved data", async () => {
  const file = path("wa-token.db");
  const bot = await openSqliteStore({ path: file, exclusive: true });
  await bot.sync([{ name: "orders", definition: "d" }], NOON);
  expect((await start(file, "command")).said).toBe("open");
  expect((await bot.list()).map(({ name }) => name)).toEqual([expect.stringMatching(/^command-/), "orders"]);
  await bot.close();
});

it("a bot that was killed leaves no lock behind, though its file stays", async () => {
  const file = path("wa-token.db");
  const killed = await start(file, "bot");
  expect(killed.said).toBe("open");
  await expect(openSqliteStore({ path: file, exclusive: true })).rejects.toMatchObject({ code: "in_use" });
  await killed.kill();
  expect(existsSync(`${file}.lock`)).toBe(true);
  const next = await openSqliteStore({ path: file, exclusive: true });
  await expect(next.ping()).resolves.toBeUndefined();
  await next.close();
});

it("a bot that was closed releases the lock for the next", async () => {
  const options = { path: path("wa-token.db"), exclusive: true };
  for (const _ of [1, 2, 3]) {
    const bot = await openSqliteStore(options);
    await bot.close();
  }
  expect((await start(options.path, "bot")).said).toBe("open");
});

it("waits for another program's write without stopping this one", async () => {
  const file = path("wa-token.db");
  const store = await openSqliteStore({ path: file, exclusive: true });
  const other = new DatabaseSync(file);
  other.exec("begin immediate");
  let ticks = 0;
  const clock = setInterval(() => {
    ticks += 1;
    if (ticks === 5) other.exec("commit");
  }, 5);
  await store.sync([{ name: "orders", definition: "d" }], NOON);
  clearInterval(clock);
  expect(ticks).toBeGreaterThanOrEqual(5);
  other.close();
  await store.close();
});
