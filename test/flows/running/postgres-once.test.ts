import { describe, expect, it } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { postgres, useDatabase, type TestDatabase } from "../../support/postgres-database.ts";
import { alertsSeen, aWorld, DAY, type Flow, HOUR, withPeople } from "../flow.ts";
import { later, ORDERS } from "../watched.ts";

/** Two bots on one store in one world. Its clock is not asked: time passes in the sandbox only. */
const twoBots = async ({ server }: TestDatabase, env: Readonly<Record<string, string>>) => {
  const world = await aWorld({ watchlist: ORDERS, env });
  world.tokenFile("orders").write(world.tokens.never);
  const { config } = world;
  const start = async (port: number): Promise<Flow> => {
    const store = await openPostgresStore({ server, pool: 2 });
    const bot = {
      store: { ...store, clockOffsetMs: async () => 0 },
      config: { ...config, ops: { ...config.ops, port } },
    };
    return withPeople(world, await world.startBot(bot));
  };
  const startBoth = () => Promise.all([start(config.ops.port), start(0)]);
  return { world, startBoth, bots: await startBoth() };
};

describe.skipIf(postgres === null)("the digest of two bots on one PostgreSQL", () => {
  const database = useDatabase("migrated");

  it("is sent once for each time of its schedule", async () => {
    const { world, bots } = await twoBots(database(), { DIGEST_SCHEDULE: "0 9 * * mon" });
    const [first, second] = bots;
    world.clock.advance(DAY + HOUR);
    await Promise.all(bots.map(({ bot }) => bot.app.round("due")));
    for (const flow of [first, second, first]) await later(flow, HOUR);
    expect(alertsSeen(first).map(({ text }) => text.split(" of ")[0])).toEqual(["✅ *The token works*\nDigest"]);
    expect(world.slack.rejections()).toEqual([]);
  });
});

describe.skipIf(postgres === null)("the absence of two bots on one PostgreSQL", () => {
  const database = useDatabase("migrated");

  it("is reported once when both were away, and not while one of them worked", async () => {
    const { world, startBoth, bots } = await twoBots(database(), { SCHEDULE: "0 * * * *" });
    const [first, second] = bots;
    await first.bot.stop();
    for (let hours = 0; hours < 5; hours += 1) {
      const ended = second.bot.nextLine("tick ended");
      world.clock.advance(HOUR);
      await ended;
    }
    expect(alertsSeen(second)).toEqual([]);
    await second.bot.stop();
    world.clock.advance(8 * HOUR);
    const [again] = await startBoth();
    expect(alertsSeen(again).map(({ text }) => text.split(" from ")[0])).toEqual(["This bot was not running"]);
  });
});
