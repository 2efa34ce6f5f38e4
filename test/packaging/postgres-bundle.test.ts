import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startProcess } from "../flows/running/bot-process.ts";
import { askOps, aWorld } from "../flows/flow.ts";
import { postgres, useDatabase } from "../support/postgres-database.ts";
import { useBundle } from "./built.ts";

describe.skipIf(postgres === null)("the bot from the bundle on PostgreSQL", () => {
  const folder = useBundle();
  const database = useDatabase("empty");

  it("creates the tables, gets ready and stops", async () => {
    const { host, port, user, database: name } = database().server;
    const world = await aWorld({ start: new Date() });
    const url = `postgres://${user}@${host}:${String(port)}/${name}?sslmode=disable`;
    const bot = startProcess(world, ["run"], { DATABASE_URL: url }, { main: join(folder(), "main.js") });
    await bot.says("tick ended");
    expect(await askOps(world, "/readyz")).toMatchObject({ status: 200 });
    bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0 });
    const tables = await database().sql<{ readonly count: number }>("select count(*)::int as count from watches");
    expect(tables).toEqual([{ count: 1 }]);
  });
});
