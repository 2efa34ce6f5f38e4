import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { Bot } from "../../../sandbox/bot.ts";
import type { World } from "../../../sandbox/world.ts";
import { runChild } from "../../cli/child.ts";
import { programFile } from "../../support/programs.ts";
import { startProcess } from "./bot-process.ts";
import { askOps, aWorld } from "../flow.ts";
import { untilReady } from "./restarted.ts";

const BESIDE = ["", "-wal", "-shm", ".lock"];

const remove = (path: string, ends: readonly string[]): void => {
  for (const end of ends) rmSync(path + end, { force: true });
};

/** What people do to the files of a bot that runs, and whether its database is still there afterwards. */
const DEEDS: readonly (readonly [what: string, deed: (path: string) => void, isThere: boolean])[] = [
  ["its database was deleted", (path) => remove(path, [""]), false],
  ["its database was deleted with all that lies beside it", (path) => remove(path, BESIDE), false],
  [
    "its database was replaced by another",
    (path) => {
      copyFileSync(path, `${path}.new`);
      renameSync(`${path}.new`, path);
    },
    false,
  ],
  ["its folder was moved", (path) => renameSync(dirname(path), `${dirname(path)}.old`), false],
  ["its folder was deleted", (path) => rmSync(dirname(path), { recursive: true }), false],
  ["its lock was deleted", (path) => remove(path, [".lock"]), true],
];

/** A bot of this process; the second ones that must not open its database are processes of their own. */
const aBot = async (world: World): Promise<{ readonly path: string; readonly bot: Bot }> => {
  const path = join(world.dataDir, "store", "wa-token.db");
  const bot = await world.startBot({ config: { ...world.config, databaseUrl: { kind: "sqlite", path } } });
  await untilReady(world);
  return { path, bot };
};

describe("a running bot", () => {
  it("reports a deleted -wal file, whose changes a clean stop saves", async () => {
    const world = await aWorld({ start: new Date() });
    const path = join(world.dataDir, "store", "wa-token.db");
    const bot = startProcess(world, ["run"], { DATABASE_URL: `sqlite:${path}` });
    await untilReady(world);
    remove(path, ["-wal"]);
    const words = `The file ${path}-wal, which belongs to the database, is no longer the file that wa-token opened`;
    await bot.says(words);
    const { status, body } = await askOps(world, "/readyz");
    expect([status, body]).toEqual([503, expect.stringContaining(words)]);
    bot.signal("SIGTERM");
    expect((await bot.ended).code).toBe(0);
    const db = new DatabaseSync(path, { readOnly: true });
    expect(db.prepare("select count(*) as watches from watches").get()).toEqual({ watches: 1 });
    db.close();
  });

  it.each(DEEDS)("reports that %s, and no second bot opens it", async (_, deed, isThere) => {
    const world = await aWorld({ start: new Date() });
    const { path, bot } = await aBot(world);
    const words = `The database ${path} is no longer the file that wa-token opened`;
    const told = isThere ? undefined : bot.nextLine(words);
    deed(path);
    await told;
    await expect.poll(() => existsSync(`${path}.lock`)).toBe(true);
    const second = await runChild([path, "bot"], {
      cwd: world.dataDir,
      main: programFile("sqlite"),
    });
    expect(second.out).toContain(`Another wa-token already runs on the database ${path}.`);
    const { status, body } = await askOps(world, "/readyz");
    expect(status).toBe(isThere ? 200 : 503);
    expect(body.includes(words)).toBe(!isThere);
    // It told it once, although it looks again and again.
    expect(bot.logLines().filter((line) => line.includes(words))).toHaveLength(isThere ? 0 : 1);
    expect(existsSync(`${path}.lock`)).toBe(true);
    await bot.stop();
  });

  it("is ready again when the file is back at its path", async () => {
    const world = await aWorld({ start: new Date() });
    const { path, bot } = await aBot(world);
    const gone = bot.nextLine("is no longer the file that wa-token opened");
    renameSync(path, `${path}.aside`);
    await gone;
    expect((await askOps(world, "/readyz")).status).toBe(503);
    const back = bot.nextLine("the database is at its path again");
    renameSync(`${path}.aside`, path);
    await untilReady(world);
    await back;
  });
});
