// Measures the real bot with fleets of 10,000, 100,000 and 1,000,000 lines: a round over the whole fleet compared with a
// loop of undici and JSON.parse, the memory, and the latency of `/wa-token help` during a round.
import { createWriteStream, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { ask } from "./ask.ts";
import { bareSpeed } from "./bare-speed.ts";
import { openPostgres } from "./postgres.ts";
import type { Figure, Measured, Row } from "./report.ts";
import { WORK_PER_WATCH } from "./rounds.ts";
import { openScratch, startGraph, startOurs } from "./servers.ts";
import { openSlackDouble, type SlackDouble } from "./slack-double.ts";
import { quantile, spread } from "./statistics.ts";

const [SMALL, LARGE, HUGE] = [10_000, 100_000, 1_000_000] as const;
const IN_FLIGHT = 100;
const LATENCIES = [
  { latencyMs: 150, goal: 0.9 },
  { latencyMs: 0, goal: 0.7 },
];

const GARBAGE =
  "V8 keeps more garbage where the machine has more memory. In 512 MB, as in compose.yaml, the same lines needed at most 376 MB.";

/** People do not ask without pauses. This rate is still above that of a real workspace. */
const BETWEEN_MS = 100;

const LOOK_EVERY_MS = 1_000;

/** Of the resident memory with ten times as many watches, without the file of the fleet. */
const MEMORY_GOAL = 1.2;

const HOW = `The real bot, started with a fleet whose lines read one token from a file. The round inspects every watch for the first
time, with up to ${IN_FLIGHT} inspections in flight. The baseline makes as many calls with undici and \`JSON.parse\`, ${IN_FLIGHT} at a time.
During the round with SQLite and 150 ms, help is requested every ${BETWEEN_MS} ms. Memory is the most that was resident.`;

const SHARED_PROCESSOR = "The bot, the database and the stand-in for Graph share two cores with the measurement.";

export const benchFleets = async (): Promise<Measured> => {
  const scratch = openScratch();
  const slack = await openSlackDouble();
  const postgres = await openPostgres();
  if (typeof postgres === "string") console.error(`without PostgreSQL: ${postgres}`);
  const [rows, figures]: [Row[], Figure[]] = [[], []];
  const databaseUrl = async (name: string): Promise<string | undefined> => {
    if (typeof postgres === "string") return undefined;
    const database = await postgres.createDatabase(name);
    await database.close();
    return database.url;
  };
  try {
    for (const { latencyMs, goal } of LATENCIES) {
      const graph = await startGraph(latencyMs);
      try {
        const bare = await bareSpeed(graph.graphUrl, LARGE, IN_FLIGHT);
        const add = (kind: string, ours: number): void => {
          rows.push({
            what: `a fleet of ${LARGE.toLocaleString("en")} on ${kind}, ${latencyMs} ms`,
            unit: "/s",
            ours: spread([ours]),
            baseline: spread([bare]),
            ratio: spread([ours / bare]),
            goal: { kind: "at least", ratio: goal },
            whyMissed: latencyMs === 0 ? WORK_PER_WATCH : SHARED_PROCESSOR,
          });
        };
        const run = (lines: number, url?: string, asks = false): Promise<Round> =>
          firstRound({ scratch: scratch.path, slack, graphUrl: graph.graphUrl, lines, url, asks });
        const large = await run(LARGE, undefined, latencyMs > 0);
        add("SQLite", large.speed);
        const url = await databaseUrl(`fleet_${latencyMs}`);
        if (url !== undefined) add("PostgreSQL", (await run(LARGE, url)).speed);
        if (latencyMs > 0) figures.push(...beside(large, await run(SMALL)));
        else figures.push(...(await start({ scratch: scratch.path, slack, graphUrl: graph.graphUrl, lines: HUGE })));
      } finally {
        await graph.stop();
      }
    }
    return { rows, figures, how: HOW };
  } finally {
    await slack.close();
    if (typeof postgres !== "string") await postgres.stop();
    scratch.close();
  }
};

interface Round {
  /** Watches in a second. */
  readonly speed: number;
  readonly peakMb: number;
  readonly fileMb: number;
  /** Milliseconds until each acknowledgement of `/wa-token help`. */
  readonly helpMs: readonly number[];
}

interface RunOptions {
  readonly scratch: string;
  readonly slack: SlackDouble;
  readonly graphUrl: string;
  readonly lines: number;
  /** Of a PostgreSQL database. Undefined: SQLite. */
  readonly url?: string | undefined;
  /** True: asks for help during the round. */
  readonly asks?: boolean;
}

const firstRound = async (options: RunOptions): Promise<Round> => {
  const { bot, fileMb } = await startBot(options);
  const pool = new Pool(new URL(bot.eventsUrl).origin, { connections: 1 });
  try {
    const asking = new AbortController();
    const ended = bot.nextLine('"msg":"round ended"').finally(() => asking.abort());
    const helpMs = options.asks === true ? await askUntil(asking.signal, pool, options.slack) : [];
    const round = JSON.parse(await ended) as { readonly checked: number; readonly durationMs: number };
    if (round.checked !== options.lines) throw new Error(`the round checked ${round.checked} watches`);
    return { speed: (round.checked * 1_000) / round.durationMs, peakMb: bot.peakMb(), fileMb, helpMs };
  } finally {
    await pool.destroy();
    await bot.stop();
  }
};

/** Milliseconds until each acknowledgement of `/wa-token help`. */
const askUntil = async (ended: AbortSignal, pool: Pool, slack: SlackDouble): Promise<readonly number[]> => {
  const times: number[] = [];
  while (!ended.aborted) {
    times.push((await ask(pool, slack))[0]);
    await sleep(BETWEEN_MS);
  }
  return times;
};

/** The time until the bot has read and saved so many new watches, and its memory then. */
const start = async (options: RunOptions): Promise<readonly Figure[]> => {
  const beganMs = performance.now();
  const { bot, fileMb } = await startBot(options);
  const known = `wa_token_fleet_watches{fleet="customers"} ${String(options.lines)}`;
  while (!(await (await fetch(`${bot.opsUrl}/metrics`)).text()).includes(known)) await sleep(LOOK_EVERY_MS);
  const count = options.lines.toLocaleString("en");
  const figures: readonly Figure[] = [
    { what: `until ${count} new watches are read and saved`, unit: "s", value: (performance.now() - beganMs) / 1_000 },
    { what: `the file of ${count} lines`, unit: "MB", value: fileMb },
    {
      what: `memory with ${count} new watches`,
      unit: "MB",
      value: bot.peakMb(),
      goal: { kind: "at most", value: 600 },
      whyMissed: GARBAGE,
    },
  ];
  await bot.stop();
  return figures;
};

const startBot = async ({ scratch, slack, graphUrl, lines, url }: RunOptions) => {
  const { watchlist, fileMb } = await writeFleet(scratch, lines);
  const bot = await startOurs({
    apiUrl: slack.apiUrl,
    scratch,
    untilReady: false,
    env: {
      GRAPH_API_URL: graphUrl,
      META_APP_ID: "100000000000042",
      META_APP_SECRET: "bench-app-secret",
      WATCHLIST: watchlist,
      ALERT_CHANNEL: "C0BENCH",
      CHECK_INTERVAL: "24h",
      INSPECTIONS_AT_ONCE: String(IN_FLIGHT),
      ...(url !== undefined && { DATABASE_URL: url }),
    },
  });
  return { bot, fileMb };
};

const writeFleet = async (folder: string, lines: number) => {
  const [token, fleet, watchlist] = [join(folder, "token"), join(folder, "fleet.jsonl"), join(folder, "watches.yml")];
  writeFileSync(token, `EAA${"x1".repeat(90)}`);
  writeFileSync(watchlist, `watches:\n  - { name: customers, fleet: "file:${fleet}" }\n`);
  function* texts(): Generator<string> {
    for (let index = 0; index < lines; index++)
      yield `${JSON.stringify({ name: `customer-${index}`, source: `file:${token}` })}\n`;
  }
  await pipeline(Readable.from(texts()), createWriteStream(fleet));
  return { watchlist, fileMb: statSync(fleet).size / 1_048_576 };
};

const beside = (large: Round, small: Round): readonly Figure[] => [
  {
    what: "help during a round over that fleet, p99",
    unit: "ms",
    value: quantile(large.helpMs, 0.99),
    goal: { kind: "at most", value: 100 },
    whyMissed: SHARED_PROCESSOR,
  },
  { what: "help during that round, longest", unit: "ms", value: Math.max(...large.helpMs) },
  { what: `memory with ${SMALL.toLocaleString("en")} watches`, unit: "MB", value: small.peakMb },
  { what: `memory with ${LARGE.toLocaleString("en")} watches`, unit: "MB", value: large.peakMb },
  { what: `the file of ${LARGE.toLocaleString("en")} lines`, unit: "MB", value: large.fileMb },
  {
    what: "memory without the file, compared with a tenth of the watches",
    unit: "×",
    value: (large.peakMb - large.fileMb) / small.peakMb,
    goal: { kind: "at most", value: MEMORY_GOAL },
  },
];
