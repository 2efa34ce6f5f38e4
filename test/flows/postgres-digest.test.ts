import { describe, expect, it } from "vitest";
import { openPostgresStore } from "../../src/store/open-postgres.ts";
import { causeOf } from "../../src/watch/cause.ts";
import type { WatchStore } from "../../src/watch/ports.ts";
import { postgres, useDatabase } from "../support/postgres-database.ts";
import { alertsSeen, aWorld, DAY, HOUR, withPeople } from "./flow.ts";
import { later, ORDERS } from "./watched.ts";

describe.skipIf(postgres === null)("replicas: two bots on one PostgreSQL, on the sandbox's clock", () => {
  const database = useDatabase("migrated");

  /** Such a store, but for its clock: time passes in the sandbox only. */
  const openStore = async (): Promise<WatchStore> => {
    const store = await openPostgresStore({ server: database().server, pool: 2, causeOf });
    return { ...store, clockOffsetMs: async () => 0 };
  };

  it("send the digest once for each time that its schedule comes", async () => {
    const world = await aWorld({ watchlist: ORDERS, env: { DIGEST_SCHEDULE: "0 9 * * mon" } });
    world.tokenFile("orders").write(world.tokens.never);
    const { config } = world;
    const first = withPeople(world, await world.startBot({ store: await openStore() }));
    const beside = { ...config, ops: { ...config.ops, port: 0 } };
    const second = withPeople(world, await world.startBot({ store: await openStore(), config: beside }));
    world.clock.advance(DAY + HOUR);
    await Promise.all([first, second].map(({ bot }) => bot.app.round("due")));
    for (const flow of [first, second, first]) await later(flow, HOUR);
    expect(alertsSeen(first).map(({ text }) => text.split(",")[0])).toEqual(["*Summary of 1 watched token"]);
    expect(world.slack.rejections()).toEqual([]);
  });
});
