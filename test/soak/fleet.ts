import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChild } from "../../bench/child.ts";
import { type BenchDatabase, openPostgres } from "../../bench/postgres.ts";
import { freePort, openScratch, startOurs } from "../../bench/servers.ts";
import { openSlackDouble } from "../../bench/slack-double.ts";
import { figuresOf } from "./figures.ts";
import { growthOf } from "./growth.ts";

const WATCHES = 10_000;
/** This many watches fail and recover again and again, so that alerts, messages and history grow. */
const CHANGING = 100;
const MINUTE_MS = 60_000;
const FLIP_EVERY_MS = 45_000;
const LOOK_EVERY_MS = 5_000;

/**
 * Runs two real bots on one PostgreSQL with 10,000 watches, each inspected every minute. Prints memory, dead rows and
 * sizes. Returns the exit code: 1 when memory or a table grows.
 */
export async function soakFleet(minutes: number, compileCache: string, say: (line: string) => void): Promise<number> {
  const postgres = await openPostgres();
  if (typeof postgres === "string") {
    say(`skipping the fleet: ${postgres}`);
    return 0;
  }
  await using opened = new AsyncDisposableStack();
  opened.defer(postgres.stop);
  const scratch = opened.adopt(openScratch(), ({ close }) => close());
  const slack = opened.adopt(await openSlackDouble(), ({ close }) => close());
  const graphPort = await freePort();
  const double = join(import.meta.dirname, "../../bench/graph-double.ts");
  opened.adopt(await startChild([double], { PORT: String(graphPort) }, "graph double serves"), ({ stop }) => stop());
  const database = opened.adopt(await postgres.createDatabase("fleet"), ({ close }) => close());
  const { watchlist, flip } = writeSources(scratch.path);
  const env = {
    DATABASE_URL: database.url,
    GRAPH_API_URL: `http://127.0.0.1:${graphPort}`,
    META_APP_ID: "100000000000042",
    META_APP_SECRET: "soak-app-secret",
    WATCHLIST: watchlist,
    ALERT_CHANNEL: "C0SOAK",
    CHECK_INTERVAL: "60s",
    SCHEDULE: "*/10 * * * * *",
    NODE_COMPILE_CACHE: compileCache,
  };
  const start = () => startOurs({ apiUrl: slack.apiUrl, scratch: scratch.path, untilReady: false, env });
  const bots = [opened.adopt(await start(), ({ stop }) => stop()), opened.adopt(await start(), ({ stop }) => stop())];
  const flipping = setInterval(flip, FLIP_EVERY_MS);
  opened.defer(() => clearInterval(flipping));

  say(`two replicas inspect ${WATCHES} watches every minute, for ${minutes} minutes`);
  const memory: number[][] = bots.map(() => []);
  const sizes: number[] = [];
  let longestMs = 0;
  const startedMs = Date.now();
  for (let minute = 1; minute <= minutes; minute++) {
    while (Date.now() < startedMs + minute * MINUTE_MS) {
      await sleep(LOOK_EVERY_MS);
      longestMs = Math.max(longestMs, await database.longestTransactionMs());
      for (const [index, { pid }] of bots.entries()) memory[index]?.push(figuresOf(pid).memoryMb);
      sizes.push((await look(database)).sizeMb);
    }
    const { live, dead, sizeMb, hotShare, history, overdueS } = await look(database);
    const held = memory.map((all) => `${all.at(-1) ?? 0} MB`).join(" and ");
    say(
      `minute ${minute}: memory ${held}; table watches: ${live} rows, ${dead} dead, ${sizeMb.toFixed(1)} MB, ` +
        `${(100 * hotShare).toFixed(0)} % HOT; history ${history} rows; longest transaction ${Math.round(longestMs)} ms; ` +
        `most overdue ${overdueS} s`,
    );
  }
  const wrong = [
    ...memory.map((all, index) => growthOf(all, `memory of replica ${index + 1} in MB`)),
    growthOf(sizes, "table watches in MB"),
  ].filter((line) => line !== undefined);
  for (const line of wrong) say(`  wrong: ${line}`);
  return wrong.length > 0 ? 1 : 0;
}

const writeSources = (folder: string): { readonly watchlist: string; readonly flip: () => void } => {
  const [watchlist, shared, changing] = [join(folder, "fleet.yml"), join(folder, "shared"), join(folder, "changing")];
  const good = `EAA${"x1".repeat(90)}`;
  for (const path of [shared, changing]) writeFileSync(path, good);
  const line = (_: unknown, index: number): string =>
    `  - { name: shop-${index}, source: "file:${index < CHANGING ? changing : shared}" }`;
  writeFileSync(watchlist, `watches:\n${Array.from({ length: WATCHES }, line).join("\n")}\n`);
  let isGood = true;
  return {
    watchlist,
    flip: () => {
      isGood = !isGood;
      writeFileSync(changing, isGood ? good : "soak");
    },
  };
};

interface Look {
  readonly live: number;
  readonly dead: number;
  readonly sizeMb: number;
  readonly hotShare: number;
  readonly history: number;
  readonly overdueS: number;
}

const look = async (database: BenchDatabase): Promise<Look> => {
  const [found] = await database.sql<Record<keyof Look, string | null>>(
    `select n_live_tup as live, n_dead_tup as dead, pg_total_relation_size(relid) / 1e6 as "sizeMb",
       n_tup_hot_upd::float / nullif(n_tup_upd, 0) as "hotShare", (select count(*) from history) as history,
       (select round(extract(epoch from now() - min(next_due_at)::timestamptz)) from watches) as "overdueS"
       from pg_stat_user_tables where relname = 'watches'`,
  );
  const number = (key: keyof Look): number => Number(found?.[key] ?? 0);
  return {
    live: number("live"),
    dead: number("dead"),
    sizeMb: number("sizeMb"),
    hotShare: number("hotShare"),
    history: number("history"),
    overdueS: Math.max(0, number("overdueS")),
  };
};
