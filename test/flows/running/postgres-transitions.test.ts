import { describe, expect, it } from "vitest";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { type BotProcess, startProcess } from "./bot-process.ts";
import { aWorld, HOUR, MINUTE, SECOND } from "../flow.ts";

const NAMES = Array.from({ length: 50 }, (_, index) => `shop-${index}`);
const CLOCK = new URL("../../support/shifted-clock.ts", import.meta.url).href;

const LIFE = { killedAfterMs: 2 * MINUTE };
/** As the store writes an instant. */
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

const WAIT = { timeout: 60 * SECOND, interval: 100 };

describe.skipIf(postgres === null)("replicas: hundreds of changes on one PostgreSQL", () => {
  const database = useDatabase("empty");

  /** Fifty watches of one token, each with a channel of its own, looked at every few seconds. */
  const aFleet = async () => {
    await database().deleteTables();
    const { port, database: name } = database().server;
    const world = await aWorld({
      start: new Date(),
      slack: { channels: [{ name: "wa-alerts" }, ...NAMES.map((each) => ({ name: each }))] },
      env: {
        DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/${name}`,
        SCHEDULE: "* * * * * *",
        CHECK_INTERVAL: "2s",
        LOG_LEVEL: "info",
      },
      watchlist: (source, slack) =>
        `watches:\n${NAMES.map((watch) => `  - { name: ${watch}, source: "${source("shared")}", channel: ${slack.channelId(watch)} }`).join("\n")}`,
    });
    const token = world.tokenFile("shared");
    token.write(world.tokens.never);
    const robin = world.slack.person("robin");

    const count = async (what: string): Promise<number> => {
      const rows = await database().sql<{ count: number }>(`select count(*)::int as count from ${what}`);
      return rows[0]?.count ?? Number.NaN;
    };
    const run = async (env: Readonly<Record<string, string>> = {}): Promise<BotProcess> => {
      const bot = startProcess(world, ["run"], { OPS_PORT: "0", LOG_LEVEL: "info", ...env }, LIFE);
      await bot.says("wa-token runs");
      return bot;
    };
    const owed = "(select id from owed union all select id from messages where lease is not null) as undelivered";
    let waves = 0;
    /** All watches turn over: bad the first time, then well, and so on. */
    const flip = (): void => {
      waves++;
      token.write(waves % 2 === 1 ? world.tokens.sixtyDay : world.tokens.never);
    };
    /** Every watch has turned, and Slack has heard of each. */
    const settled = async (): Promise<void> => {
      const open = waves % 2 === 1 ? NAMES.length : 0;
      await expect.poll(() => count("alerts where resolved_at is null"), WAIT).toBe(open);
      await expect.poll(() => count(owed), WAIT).toBe(0);
    };
    /** What Slack heard: how many channels have how many messages and replies. */
    const heard = () => {
      const channels = NAMES.map((channelName) => {
        const messages = robin.channelMessages(channelName);
        const posts = messages.filter(({ threadTs }) => threadTs === undefined);
        const replies = posts.flatMap(({ channel, ts }) => robin.thread(channel, ts).slice(1));
        return { posts: posts.length, replies: replies.length };
      });
      return {
        channels,
        posts: [...new Set(channels.map(({ posts }) => posts))],
        replies: [...new Set(channels.map(({ replies }) => replies))],
      };
    };
    const changesOf = (bot: BotProcess): number => bot.output().split('"msg":"alert changed"').length - 1;
    return { world, run, flip, settled, heard, count, changesOf };
  };

  const stopAll = async (bots: readonly BotProcess[]): Promise<void> => {
    for (const bot of bots) bot.signal("SIGTERM");
    for (const bot of bots) expect(await bot.ended).toMatchObject({ code: 0 });
  };

  it("two bots report each of 200 changes once, and share the work", { timeout: 2 * MINUTE }, async () => {
    const { world, run, flip, settled, heard, count, changesOf } = await aFleet();
    const bots = [await run(), await run()];
    await expect.poll(() => count("watches where checked_at is not null"), WAIT).toBe(NAMES.length);
    for (let wave = 0; wave < 4; wave++) {
      flip();
      await settled();
    }
    await stopAll(bots);
    expect(heard()).toMatchObject({ posts: [2], replies: [2] });
    expect(bots.map(changesOf).reduce((sum, changes) => sum + changes)).toBe(200);
    expect(Math.min(...bots.map(changesOf))).toBeGreaterThan(0);
    expect(world.slack.rejections()).toEqual([]);
  });

  it("a third bot with a clock that is an hour off does no harm", { timeout: 2 * MINUTE }, async () => {
    const { world, run, flip, settled, heard, count, changesOf } = await aFleet();
    const wrong = { NODE_OPTIONS: `--import=${CLOCK}` };
    const bots = [
      await run(),
      await run({ ...wrong, CLOCK_SHIFT_MS: String(HOUR) }),
      await run({ ...wrong, CLOCK_SHIFT_MS: String(-HOUR) }),
    ];
    expect(bots.map((bot) => bot.output().includes("differs from the database's"))).toEqual([false, true, true]);
    await expect.poll(() => count("watches where checked_at is not null"), WAIT).toBe(NAMES.length);
    for (let wave = 0; wave < 2; wave++) {
      flip();
      await settled();
    }
    expect(await count(`watches where next_due_at > '${inMs(MINUTE)}'`)).toBe(0);
    await stopAll(bots);
    expect(heard()).toMatchObject({ posts: [1], replies: [1] });
    expect(bots.map(changesOf).reduce((sum, changes) => sum + changes)).toBe(100);
    expect(Math.min(...bots.map(changesOf))).toBeGreaterThan(0);
    expect(world.slack.rejections()).toEqual([]);
  });

  it("the work in progress of a killed bot is taken over when its leases end", { timeout: 2 * MINUTE }, async () => {
    const { world, run, flip, settled, heard, count } = await aFleet();
    const killed = await run();
    const [owner] = await database().sql<{ id: string }>("select id from lease_owners");
    const held = (table: string): string => `${table} where lease is not null and lease_owner = '${owner?.id}'`;
    const left = await run();
    await expect.poll(() => count("watches where checked_at is not null"), WAIT).toBe(NAMES.length);
    flip();
    await settled();
    const endSlowness = world.graph.faults.add({ kind: "slow", delayMs: 2 * SECOND, times: Infinity });
    flip();
    await expect.poll(() => count(held("watches")), WAIT).toBeGreaterThan(5);
    killed.signal("SIGKILL");
    await killed.ended;
    endSlowness();
    // A bot has ten in flight at first, and as many ahead.
    const inHand = await count(held("watches"));
    expect(inHand).toBeGreaterThan(0);
    expect(inHand).toBeLessThanOrEqual(20);
    const leased = "lease_until::timestamptz - claimed_at::timestamptz";
    expect(await count(`watches where ${leased} > interval '2 minutes'`)).toBe(0);
    // Their time passes, and nobody else's.
    for (const table of ["watches", "messages"])
      await database().sql(`update ${held(table).replace(" where", ` set lease_until = '${inMs(0)}' where`)}`);
    await settled();
    await stopAll([left]);
    const { channels } = heard();
    // A kill between Slack's answer and the commit may cost one message more.
    expect(channels.filter(({ posts, replies }) => posts < 1 || replies < 1)).toEqual([]);
    const more = channels.reduce((sum, { posts, replies }) => sum + posts - 1 + replies - 1, 0);
    expect(more).toBeLessThanOrEqual(1);
  });
});
