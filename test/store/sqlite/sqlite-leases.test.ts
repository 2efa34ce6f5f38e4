import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { useFolder } from "./sqlite-folder.ts";
import { NOON } from "../contract/states.ts";

const { path } = useFolder();

const due = (names: readonly string[]) =>
  ({ names, now: NOON, leaseMs: 60_000, limit: 9, which: "due", roundStartedAt: NOON }) as const;

const taken = async (store: WatchStore, names: readonly string[]): Promise<readonly string[]> =>
  (await store.claimDue(due(names))).map(({ watch }) => watch);

it.each([
  ["of a bot that died", "update watches set lease_owner = 'a dead bot' where name = 'orders'"],
  ["of a bot of an earlier version", "update watches set lease_owner = null where name = 'orders'"],
])("a bot that starts frees the claims %s, and not those of a running round", async (_, died) => {
  const file = path("wa-token.db");
  const round = await openSqliteStore({ path: file, exclusive: false });
  await round.sync(
    ["orders", "support"].map((name) => ({ name, definition: "d" })),
    NOON,
  );
  await round.keepLeases(() => new Date());
  expect(await taken(round, ["orders", "support"])).toEqual(["orders", "support"]);
  const outside = new DatabaseSync(file);
  outside.exec(died);
  outside.close();

  const bot = await openSqliteStore({ path: file, exclusive: true });
  expect(await taken(bot, ["orders", "support"])).toEqual(["orders"]);
  // The lock proves that the bot runs, so no program treats it as dead.
  expect(await bot.keepLeases(() => new Date())).toMatchObject({ exclusive: true, freed: 0 });
  expect(await round.keepLeases(() => new Date(Date.now() + 3_000))).toMatchObject({ exclusive: false, freed: 0 });
  expect(await taken(round, ["orders", "support"])).toEqual([]);

  // The round dies. Some seconds later the bot can claim its watches.
  expect(await bot.keepLeases(() => new Date(Date.now() + 10_000))).toMatchObject({ freed: 1 });
  expect(await taken(bot, ["orders", "support"])).toEqual(["support"]);
  await bot.close();
  await round.close();
});

it("a claim with nothing due does not wait for another program that writes", async () => {
  const file = path("wa-token.db");
  const bot = await openSqliteStore({ path: file, exclusive: true });
  await bot.sync([{ name: "orders", definition: "d" }], NOON);
  expect(await taken(bot, ["orders"])).toEqual(["orders"]);
  using outside = new DatabaseSync(file);
  outside.exec("begin immediate");
  expect(await taken(bot, ["orders"])).toEqual([]);
  outside.exec("rollback");
  await bot.close();
});
