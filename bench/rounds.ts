// Measures rounds of the real app over 10,000 new watches, with SQLite and PostgreSQL, while Graph answers at once or
// after 150 ms. The baseline is a loop of undici and JSON.parse with as many calls in flight, in the same run. It also
// measures a tick with nothing due among 100,000 watches.
import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { openPostgresStore } from "../src/store/postgres/open-postgres.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite.ts";
import type { WatchStore } from "../src/watch/ports.ts";
import { bareSpeed, endOf } from "./bare-speed.ts";
import { startChild } from "./child.ts";
import { type BenchPostgres, openPostgres } from "./postgres.ts";
import type { Figure, Measured, Row } from "./report.ts";
import { openScratch, startGraph } from "./servers.ts";
import { openSlackDouble } from "./slack-double.ts";
import { quantile, ratios, spread } from "./statistics.ts";

const WATCHES = 10_000;
const IN_FLIGHT = 100;
const IDLE_WATCHES = 100_000;
const TICKS = 200;
const REPEATS = 3;

const HOW = `Each round runs in its own process, over ${WATCHES.toLocaleString("en")} new watches of one token, with up to ${IN_FLIGHT} inspections in flight. The
baseline makes as many calls with undici and \`JSON.parse\`, ${IN_FLIGHT} at a time. When all watches turn bad, each needs two
calls, 2 s apart, and opens an alert. All sides run by turns, ${REPEATS} times.`;

export const WORK_PER_WATCH =
  "Without a latency, the processor is the limit. About a third of the time goes into reading the file of each token again (measured over SQLite). The rest reads the stored state, judges the answer and saves the result.";

const WARM_UP =
  "A round begins with ten inspections in flight, and claims, judges and saves beside the calls. The baseline begins with all.";

const TWO_CALLS =
  "Each watch waits 2 s before its second call, and at most 1,000 wait at once. So without a latency, 500 a second are the most.";

/** The speeds are watches in a second. */
export const benchRounds = async (): Promise<Measured> => {
  const scratch = openScratch();
  const slack = await openSlackDouble();
  const postgres = await openPostgres();
  if (typeof postgres === "string") console.error(`without PostgreSQL: ${postgres}`);
  const bench = createBench(scratch.path, slack.apiUrl, typeof postgres === "string" ? undefined : postgres);
  try {
    const rows: Row[] = [];
    for (const { latencyMs, goal } of LATENCIES) rows.push(...(await bench.compare(latencyMs, goal)));
    const figures = [await idleOnSqlite(scratch.path)];
    if (typeof postgres !== "string") figures.push(await idleOnPostgres(postgres));
    return { rows, figures, how: HOW };
  } finally {
    await slack.close();
    if (typeof postgres !== "string") await postgres.stop();
    scratch.close();
  }
};

const LATENCIES = [
  { latencyMs: 0, goal: 0.7 },
  { latencyMs: 150, goal: 0.9 },
];

/** All turning bad. */
const BAD_GOAL = 0.3;

const createBench = (scratch: string, slackUrl: string, postgres: BenchPostgres | undefined) => {
  const token = join(scratch, "token");
  const watchlist = join(scratch, "watches.yml");
  writeFileSync(token, `EAA${"x1".repeat(90)}`);
  writeFileSync(watchlist, `watches:\n  - { name: shop, source: "file:${token}" }\n`);
  let databases = 0;

  const databaseUrl = async (kind: Kind): Promise<string> => {
    databases++;
    if (kind === "SQLite") return `sqlite:${join(scratch, `round-${databases}.db`)}`;
    const database = await postgres?.createDatabase(`round_${databases}`);
    if (database === undefined) throw new Error("no PostgreSQL");
    await database.close();
    return database.url;
  };

  /** Watches in a second, of one round in a new process over a new database. */
  const ourSpeed = async (kind: Kind, graphUrl: string): Promise<number> => {
    const env = {
      SLACK_BOT_TOKEN: "xoxb-bench",
      SLACK_SIGNING_SECRET: "bench-signing-secret",
      SLACK_API_URL: slackUrl,
      ALERT_CHANNEL: "C0BENCH",
      GRAPH_API_URL: graphUrl,
      META_APP_ID: "100000000000042",
      META_APP_SECRET: "bench-app-secret",
      WATCHLIST: watchlist,
      DATABASE_URL: await databaseUrl(kind),
      INSPECTIONS_AT_ONCE: String(IN_FLIGHT),
      NODE_COMPILE_CACHE: join(scratch, "compile-cache"),
      NODE_ENV: "production",
    };
    const child = await startChild([join(import.meta.dirname, "replica.ts"), String(WATCHES)], env, "replica starts");
    const line = await endOf(child, '"msg":"round ended"');
    const round = JSON.parse(line) as { readonly checked: number; readonly durationMs: number };
    if (round.checked !== WATCHES) throw new Error(`the round checked ${round.checked} watches`);
    return (round.checked * 1_000) / round.durationMs;
  };

  return {
    compare: async (latencyMs: number, goal: number): Promise<readonly Row[]> => {
      const [good, bad] = [await startGraph(latencyMs), await startGraph(latencyMs)];
      await (await fetch(`${bad.graphUrl}/revoke`)).text();
      const kinds: readonly Kind[] = postgres === undefined ? ["SQLite"] : ["SQLite", "PostgreSQL"];
      const sides = [
        ...kinds.map((kind) => ({ what: `a round on ${kind}`, kind, graph: good, least: goal })),
        ...kinds.map((kind) => ({ what: `all turn bad on ${kind}`, kind, graph: bad, least: BAD_GOAL })),
      ];
      const bare: number[] = [];
      const ours = new Map(sides.map(({ what }) => [what, [] as number[]]));
      try {
        for (let repeat = 0; repeat < REPEATS; repeat++) {
          bare.push(await bareSpeed(good.graphUrl, WATCHES, IN_FLIGHT));
          for (const { what, kind, graph } of sides) ours.get(what)?.push(await ourSpeed(kind, graph.graphUrl));
        }
      } finally {
        await good.stop();
        await bad.stop();
      }
      return sides.map(({ what, graph, least }): Row => {
        const speeds = ours.get(what) ?? [];
        return {
          what: `${what}, ${latencyMs} ms`,
          unit: "/s",
          ours: spread(speeds),
          baseline: spread(bare),
          ratio: spread(ratios(speeds, bare)),
          goal: { kind: "at least", ratio: least },
          whyMissed: graph === bad ? TWO_CALLS : latencyMs === 0 ? WORK_PER_WATCH : WARM_UP,
        };
      });
    },
  };
};

type Kind = "SQLite" | "PostgreSQL";

const idleOnSqlite = async (scratch: string): Promise<Figure> => {
  const path = join(scratch, "idle.db");
  const store = await openSqliteStore({ path, exclusive: true });
  using database = new DatabaseSync(path);
  return await idleTick("SQLite", store, async (statement) => database.exec(statement));
};

const idleOnPostgres = async (postgres: BenchPostgres): Promise<Figure> => {
  const { server, sql, close } = await postgres.createDatabase("idle");
  const store = await openPostgresStore({ server, pool: 1 });
  try {
    return await idleTick("PostgreSQL", store, async (statement) => {
      await sql(statement);
      // As autovacuum leaves it after a round: the settings of the table let it begin at 1 % of changed rows.
      await sql("vacuum analyze watches");
    });
  } finally {
    await close();
  }
};

/** The median time of a claim with nothing due among many watches. Closes the store. */
const idleTick = async (kind: Kind, store: WatchStore, run: (statement: string) => Promise<void>): Promise<Figure> => {
  const names = new Set(Array.from({ length: IDLE_WATCHES }, (_, index) => `shop-${index}`));
  const now = new Date();
  await store.sync(
    Array.from(names, (name) => ({ name, definition: "d" })),
    now,
  );
  const [checked, due] = [now.toISOString(), new Date(now.getTime() + 900_000).toISOString()];
  await run(`update watches set checked_at = '${checked}', next_due_at = '${due}'`);
  const times: number[] = [];
  for (let tick = 0; tick < TICKS; tick++) {
    const startedMs = performance.now();
    const wanted = { names, now, leaseMs: 120_000, limit: 10, which: "due", roundStartedAt: now } as const;
    // A round claims urgent watches first.
    const claims = [await store.claimDue({ ...wanted, onlyUrgent: true }), await store.claimDue(wanted)];
    times.push(performance.now() - startedMs);
    if (claims.flat().length > 0) throw new Error("a watch was due");
  }
  await store.close();
  return {
    what: `a tick with nothing due among ${IDLE_WATCHES.toLocaleString("en")} watches on ${kind}, median`,
    unit: "ms",
    value: quantile(times, 0.5),
    goal: { kind: "at most", value: 1 },
    whyMissed: "A tick asks twice, for urgent and for other watches, and PostgreSQL plans each query anew.",
  };
};
