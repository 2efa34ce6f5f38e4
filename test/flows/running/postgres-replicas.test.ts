import { describe, expect, it } from "vitest";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { startProcess } from "./bot-process.ts";
import { aWorld } from "../flow.ts";

const NAMES = Array.from({ length: 60 }, (_, index) => `shop-${index}`);

describe.skipIf(postgres === null)("replicas: real processes on one PostgreSQL", () => {
  const database = useDatabase("empty");

  /** A world by the machine's own clock, which processes have, in which every watched token ends in five days. */
  const aShop = async () => {
    const { port, database: name } = database().server;
    const world = await aWorld({
      start: new Date(),
      // Slack takes one message a second in each.
      slack: { channels: [{ name: "wa-alerts" }, ...NAMES.map((watch) => ({ name: watch }))] },
      env: { DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/${name}` },
      watchlist: (source, slack) =>
        `watches:\n${NAMES.map((watch) => `  - { name: ${watch}, source: "${source("shared")}", channel: ${slack.channelId(watch)} }`).join("\n")}`,
    });
    world.tokenFile("shared").write(world.tokens.sixtyDay);
    const robin = world.slack.person("robin");
    const told = (): readonly string[] =>
      NAMES.flatMap((watch) => robin.channelMessages(watch))
        .map(({ text }) => /shop-\d+/.exec(text)?.[0] ?? text)
        .toSorted();
    return { world, told };
  };

  it("two bots and a single round report each watch once", async () => {
    const { world, told } = await aShop();
    const bots = [startProcess(world, ["run"], { OPS_PORT: "0" }), startProcess(world, ["run"], { OPS_PORT: "0" })];
    for (const bot of bots) await bot.says("wa-token runs");
    const round = startProcess(world, ["round", "--all"]);
    expect((await round.ended).code).toBe(0);
    const owed = async () =>
      database().sql("select id from owed union all select id from messages where lease is not null");
    await world.slack.waitFor(() => told().length >= NAMES.length || undefined);
    await expect.poll(owed).toEqual([]);
    for (const bot of bots) {
      bot.signal("SIGTERM");
      expect(await bot.ended).toMatchObject({ code: 0 });
    }
    expect(told()).toEqual(NAMES.toSorted());
    expect(world.slack.rejections()).toEqual([]);
  });
});
