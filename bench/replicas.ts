// Measures one, two and four replicas that share 100,000 watches on PostgreSQL, as real processes. The baseline is one
// replica. Each speed comes from the middle of the round, so the start of the processes does not count.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Child, startChild } from "./child.ts";
import { type BenchDatabase, type BenchPostgres, openPostgres } from "./postgres.ts";
import type { Measured, Row } from "./report.ts";
import { openScratch, startGraph } from "./servers.ts";
import { openSlackDouble } from "./slack-double.ts";
import { spread } from "./statistics.ts";

const WATCHES = 100_000;
/** The baseline is stopped here, because its speed does not change. */
const BASELINE_ENDS_AT = 30_000;
const LOOK_EVERY_MS = 250;

interface Shared {
  /** Inspections in a second, by all replicas together. */
  readonly speed: number;
  /** Inspections beyond one for each watch. */
  readonly twice: number;
  readonly failed: number;
  /** While the replicas save the watchlist at their start. */
  readonly longestStartMs: number;
  /** While they inspect. */
  readonly longestRoundMs: number;
}

export const benchReplicas = async (): Promise<Measured> => {
  const postgres = await openPostgres();
  if (typeof postgres === "string") {
    console.error(`skipping the replicas: ${postgres}`);
    return { rows: [], figures: [] };
  }
  const scratch = openScratch();
  const slack = await openSlackDouble();
  const graph = await startGraph(0);
  const token = join(scratch.path, "token");
  const watchlist = join(scratch.path, "watches.yml");
  writeFileSync(token, `EAA${"x1".repeat(90)}`);
  writeFileSync(watchlist, `watches:\n  - { name: shop, source: "file:${token}" }\n`);
  const env = {
    SLACK_BOT_TOKEN: "xoxb-bench",
    SLACK_SIGNING_SECRET: "bench-signing-secret",
    SLACK_API_URL: slack.apiUrl,
    ALERT_CHANNEL: "C0BENCH",
    GRAPH_API_URL: graph.graphUrl,
    META_APP_ID: "100000000000042",
    META_APP_SECRET: "bench-app-secret",
    WATCHLIST: watchlist,
    CHECK_INTERVAL: "7d",
    NODE_COMPILE_CACHE: join(scratch.path, "compile-cache"),
    NODE_ENV: "production",
  };
  try {
    const one = await share(postgres, 1, env);
    const two = await share(postgres, 2, env);
    const four = await share(postgres, 4, env);
    const all = [two, four];
    const most = (read: (one: Shared) => number): number => Math.max(...all.map(read));
    return {
      rows: [row("two replicas", two, one, 1.2), row("four replicas", four, one, 1.2)],
      figures: [
        { what: "watches inspected twice", unit: "", value: most(({ twice }) => twice), goal: NONE },
        { what: "inspections that failed", unit: "", value: most(({ failed }) => failed), goal: NONE },
        {
          what: "longest transaction seen at the start",
          unit: "ms",
          value: most((some) => some.longestStartMs),
          goal: SHORT,
        },
        {
          what: "longest transaction seen in the round",
          unit: "ms",
          value: most((some) => some.longestRoundMs),
          goal: SHORT,
        },
      ],
    };
  } finally {
    await graph.stop();
    await slack.close();
    await postgres.stop();
    scratch.close();
  }
};

const SHARED_CORES =
  "With more replicas than cores, the bots, the database and the stand-in for Graph share the cores.";

/** PostgreSQL keeps dead rows while a transaction is open. Autovacuum looks once a minute. */
const SHORT = { kind: "at most", value: 2_000 } as const;

const NONE = { kind: "at most", value: 0 } as const;

const row = (what: string, ours: Shared, one: Shared, goal: number): Row => ({
  what: `${what}, 100,000 watches on PostgreSQL`,
  unit: "/s",
  ours: spread([ours.speed]),
  baseline: spread([one.speed]),
  ratio: spread([ours.speed / one.speed]),
  goal: { kind: "at least", ratio: goal },
  whyMissed: SHARED_CORES,
});

const share = async (
  postgres: BenchPostgres,
  count: number,
  env: Readonly<Record<string, string>>,
): Promise<Shared> => {
  const database = await postgres.createDatabase(`replicas_${count}`);
  const start = (): Promise<Child> =>
    startChild(
      [join(import.meta.dirname, "replica.ts"), String(WATCHES)],
      { ...env, DATABASE_URL: database.url },
      "replica starts",
    );
  const replicas = await Promise.all(Array.from({ length: count }, start));
  try {
    const ends = Promise.all(replicas.map(({ nextLine }) => nextLine('"replica":')));
    // Observed below; a baseline that is stopped never prints its counts.
    ends.catch(() => {});
    const until = count === 1 ? BASELINE_ENDS_AT : WATCHES;
    const { speed, ...longest } = await observe(database, until);
    const counts = count === 1 ? [] : (await ends).map(countsOf);
    const sum = (read: (one: Counts) => number): number => counts.reduce((total, one) => total + read(one), 0);
    return {
      speed,
      twice: count === 1 ? 0 : sum(({ checked }) => checked) - WATCHES,
      failed: sum(({ failed }) => failed),
      ...longest,
    };
  } finally {
    await Promise.all(replicas.map(({ stop }) => stop()));
    await database.close();
  }
};

/** Waits until this many watches were inspected. */
const observe = async (
  database: BenchDatabase,
  until: number,
): Promise<Pick<Shared, "speed" | "longestStartMs" | "longestRoundMs">> => {
  const seen: { readonly atMs: number; readonly done: number; readonly longestMs: number }[] = [];
  while ((seen.at(-1)?.done ?? 0) < until) {
    await sleep(LOOK_EVERY_MS);
    const longestMs = await database.longestTransactionMs();
    seen.push({ atMs: performance.now(), done: await inspected(database), longestMs });
  }
  const middle = seen.filter(({ done }) => done > until * 0.1 && done < until * 0.9);
  const [first, last] = [middle[0], middle.at(-1)];
  if (first === undefined || last === undefined) throw new Error("the round was too short to measure");
  const longestOf = (some: typeof seen): number => Math.max(...some.map(({ longestMs }) => longestMs));
  return {
    speed: ((last.done - first.done) * 1_000) / (last.atMs - first.atMs),
    longestStartMs: longestOf(seen.slice(0, seen.indexOf(first))),
    longestRoundMs: longestOf(middle),
  };
};

const inspected = async (database: BenchDatabase): Promise<number> => {
  const made = await database.sql<{ made: boolean }>("select to_regclass('watches') is not null as made");
  if (made[0]?.made !== true) return 0;
  const counted = await database.sql<{ count: string }>("select count(*) from watches where checked_at is not null");
  return Number(counted[0]?.count);
};

interface Counts {
  readonly checked: number;
  readonly failed: number;
}

const countsOf = (line: string): Counts => (JSON.parse(line) as { replica: Counts }).replica;
