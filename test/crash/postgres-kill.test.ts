import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { postgres, useDatabase } from "../support/postgres-database.ts";
import { audit } from "./audit.ts";
import { untruths } from "./audit-truth.ts";
import { type Bot, startBot } from "./bot.ts";
import { warmUp } from "./campaign.ts";
import { keepLedger } from "./ledger.ts";
import { mostInOneChannel } from "./findings.ts";
import { below, seeded } from "./random.ts";
import { say } from "./say.ts";
import { settled } from "./settled.ts";
import { readStored, type Stored } from "./stored-rows.ts";
import { openTown } from "./town.ts";

const OUTAGES = 2;
const KILLS_BETWEEN = 4;
const SEED = 1_123;
const FLIP_EVERY_MS = 300;
/** Within this time the surviving replica has saved the messages that Slack accepted before the kill. */
const SAVED_WITHIN_MS = 400;
const READY_WITHIN_MS = 60_000;

const TABLES = ["watches", "alerts", "messages", "owed", "history"];

describe.skipIf(postgres === null)("two replicas on one PostgreSQL, killed in turn", () => {
  const database = useDatabase("empty");

  const readTables = async (): Promise<Stored> => {
    const there = await database().sql<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = current_schema()",
    );
    const tables = new Map<string, readonly unknown[]>();
    for (const table of TABLES)
      if (there.some(({ name }) => name === table)) tables.set(table, await database().sql(`select * from ${table}`));
    return readStored((table) => tables.get(table) ?? []);
  };

  /**
   * Runs two bots at a time. Messages are counted from kill to kill, because they do not show which of the two bots
   * sent them.
   */
  const aPair = async () => {
    const { port, database: name } = database().server;
    const { compileCache, remove } = await warmUp();
    onTestFinished(remove);
    const DATABASE_URL = `postgres://postgres@127.0.0.1:${port}/${name}`;
    const town = await openTown({ watches: 8, channels: 8, env: { DATABASE_URL, OPS_PORT: "0" } });
    const { world } = town;
    const ledger = keepLedger(world.slack, () => new Date());
    ledger.nextBot();
    const left = new Map<number, Stored>();
    const running: Bot[] = [];
    onTestFinished(async () => {
      for (const bot of running) {
        bot.kill("SIGKILL");
        await bot.ended;
      }
      await town.close();
    });
    const start = async (): Promise<void> => {
      const bot = startBot(world, { aheadMs: 0, compileCache });
      running.push(bot);
      if (!(await bot.says("wa-token runs", READY_WITHIN_MS))) throw new Error(`It did not start: ${bot.output()}`);
    };
    /** Kills the bot that has run longest. */
    const kill = async (): Promise<void> => {
      const bot = running.shift();
      bot?.kill("SIGKILL");
      if ((await bot?.ended) !== null) throw new Error(`It had ended by itself: ${bot?.output()}`);
      const epoch = ledger.bot();
      ledger.nextBot();
      await sleep(SAVED_WITHIN_MS);
      left.set(epoch, await readTables());
    };
    /** Kills both bots and ends their leases, as if the next start came after the leases had expired. */
    const outage = async (): Promise<void> => {
      while (running.length > 0) await kill();
      for (const table of ["watches", "messages"])
        await database().sql(`update ${table} set lease_until = claimed_at where lease is not null`);
    };
    const settle = (): Promise<void> => settled({ town, ledger, stored: readTables, now: () => new Date() }, 120_000);
    return { town, ledger, left, running, start, kill, outage, settle };
  };

  it("lose no message, and repeat at most one message in each active channel", { timeout: 300_000 }, async () => {
    const seed = Number(process.env["KILL_SEED"] ?? SEED);
    say(`killing replicas with the seed ${seed} (KILL_SEED sets another)`);
    const random = seeded(seed);
    const { town, ledger, left, running, start, kill, outage, settle } = await aPair();
    const flips = setInterval(() => town.flip(random), FLIP_EVERY_MS);
    onTestFinished(() => clearInterval(flips));
    for (let nth = 0; nth < OUTAGES; nth++) {
      await start();
      for (let kills = 0; kills < KILLS_BETWEEN; kills++) {
        await start();
        // Every second kill comes just when Slack accepts a message.
        const isAimed = kills % 2 === 1;
        if (isAimed && !(await ledger.nextTaken(30_000))) throw new Error("Slack accepted no message.");
        await sleep(below(random, isAimed ? 5 : 1_500));
        await kill();
      }
      await outage();
    }
    clearInterval(flips);
    await start();
    await start();
    await settle();
    for (const bot of running) bot.kill("SIGTERM");
    for (const bot of running.splice(0)) expect(await bot.ended).toBe(0);
    const last = await readTables();
    const forgiven = (): boolean => false;
    const { lost, repeats, strange, words } = audit({
      taken: ledger.taken(),
      left,
      last,
      ailments: town.ailments(),
      forgiven,
    });
    say(`${left.size} kills of two replicas, ${words} transitions: ${lost.length} lost, ${repeats.length} repeats`);
    expect({ lost, strange, unexcused: repeats.filter(({ excused }) => !excused) }).toEqual({
      lost: [],
      strange: [],
      unexcused: [],
    });
    expect(mostInOneChannel(repeats)).toBeLessThanOrEqual(1);
    expect(untruths(town, ledger.taken(), last)).toEqual([]);
    expect(words).toBeGreaterThan(OUTAGES * KILLS_BETWEEN);
  });
});
