// 5,000 watches that all turn bad in one round, on the real bot with SQLite: how `/wa-token help` fares meanwhile against
// the same bot at rest, how much memory it takes, and what Slack gets.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { ask } from "./ask.ts";
import { startChild } from "./child.ts";
import type { Figure, Row } from "./report.ts";
import { freePort, openScratch, type OurServer, startOurs } from "./servers.ts";
import { openSlackDouble, type Sent, type SlackDouble } from "./slack-double.ts";
import { quantile, ratios, spread } from "./statistics.ts";

const WATCHES = 5_000;
const CHANNEL = "C0BENCH";

/** People do not ask without a break; this is still far more than a workspace does. */
const BETWEEN_MS = 20;
const IDLE_SLICES = 5;
const SLICE_MS = 3_000;

/** A round by the clock at every third minute: time for the first round and the measurement at rest before it. */
const SCHEDULE = "0 */3 * * * *";
const ROUND_EVERY_MS = 3 * 60_000;
const FIRST_ROUND_AND_REST_MS = 90_000;

const GROUP_SETTLES_MS = 120_000;

/** Asks for help until `ended`; gives the latencies until acknowledged, slice by slice. */
const askUntil = async (pool: Pool, slack: SlackDouble, ended: () => boolean): Promise<readonly number[][]> => {
  const slices: number[][] = [];
  while (!ended()) {
    const slice: number[] = [];
    slices.push(slice);
    for (const untilMs = performance.now() + SLICE_MS; performance.now() < untilMs; await sleep(BETWEEN_MS))
      slice.push((await ask(pool, slack))[0]);
  }
  return slices;
};

/** The shortest time between two messages to the channel, in milliseconds. */
const shortestGap = (sent: readonly Sent[]): number =>
  Math.min(...sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0)));

const undelivered = async ({ opsUrl }: OurServer): Promise<number> => {
  const text = await (await fetch(`${opsUrl}/metrics`)).text();
  return Number(/^wa_token_alerts_undelivered (\d+)$/m.exec(text)?.[1]);
};

const durationOf = (line: string): number => Number(/"durationMs":(\d+)/.exec(line)?.[1]);

export interface Load {
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
}

const writeWatchlist = (folder: string): string => {
  const token = join(folder, "token");
  writeFileSync(token, `EAA${"x1".repeat(90)}`);
  const path = join(folder, "watches.yml");
  const names = Array.from({ length: WATCHES }, (_, index) => `bench-${index}`);
  writeFileSync(
    path,
    `watches:\n${names.map((name) => `  - { name: ${name}, source: "file:${token}" }`).join("\n")}\n`,
  );
  return path;
};

export const benchLoad = async (): Promise<Load> => {
  const scratch = openScratch();
  const slack = await openSlackDouble();
  const graphUrl = `http://127.0.0.1:${await freePort()}`;
  const graph = await startChild(
    [join(import.meta.dirname, "graph-double.ts")],
    { PORT: new URL(graphUrl).port },
    "graph double serves",
  );
  // The second round must not come before the first one and the measurement at rest are over.
  const left = ROUND_EVERY_MS - (Date.now() % ROUND_EVERY_MS);
  if (left < FIRST_ROUND_AND_REST_MS) await sleep(left + 1_000);
  const bot = await startOurs({
    apiUrl: slack.apiUrl,
    scratch: scratch.path,
    untilReady: false,
    env: {
      GRAPH_API_URL: graphUrl,
      META_APP_ID: "100000000000042",
      META_APP_SECRET: "bench-app-secret",
      WATCHLIST: writeWatchlist(scratch.path),
      ALERT_CHANNEL: CHANNEL,
      CHECK_INTERVAL: "10s",
      SCHEDULE,
    },
  });
  const pool = new Pool(new URL(bot.eventsUrl).origin, { connections: 1 });
  try {
    await bot.nextLine('"msg":"round ended"');
    let slices = 0;
    await askUntil(pool, slack, () => slices++ === 1);
    slices = 0;
    const idle = await askUntil(pool, slack, () => slices++ === IDLE_SLICES);
    const idleMb = bot.residentMb();

    await (await fetch(`${graphUrl}/revoke`)).text();
    const began = bot.nextLine("alert changed");
    const ended = bot.nextLine('"msg":"round ended"');
    await began;
    let over = false;
    const turning = ended.finally(() => {
      over = true;
    });
    const busy = await askUntil(pool, slack, () => over);
    const roundMs = durationOf(await turning);

    const settledBy = performance.now() + GROUP_SETTLES_MS;
    while ((await undelivered(bot)) > 0 && performance.now() < settledBy) await sleep(1_000);
    const owed = await undelivered(bot);
    const sent = slack.sent.filter(({ channel }) => channel === CHANNEL);
    const p99 = (ms: readonly number[][]): readonly number[] => ms.map((slice) => quantile(slice, 0.99));
    const [atRest, atWork] = [spread(p99(idle)), p99(busy)];
    return {
      rows: [
        {
          what: "help during the round, p99",
          unit: "ms",
          ours: spread(atWork),
          baseline: atRest,
          ratio: spread(
            ratios(
              atWork,
              atWork.map(() => atRest.median),
            ),
          ),
          goal: { kind: "at most", ratio: 10 },
        },
      ],
      figures: [
        {
          what: "help during the round, p99 of all",
          unit: "ms",
          value: quantile(busy.flat(), 0.99),
          goal: { kind: "at most", value: 100 },
        },
        { what: "help during the round, longest", unit: "ms", value: Math.max(...busy.flat()) },
        { what: "the round", unit: "s", value: roundMs / 1_000 },
        { what: "resident memory at rest", unit: "MB", value: idleMb },
        { what: "resident memory, most", unit: "MB", value: bot.peakMb(), goal: { kind: "at most", value: 400 } },
        { what: "messages, replies and edits for 5000 alerts", unit: "", value: sent.length },
        {
          what: "between two of them, least",
          unit: "ms",
          value: shortestGap(sent),
          goal: { kind: "at least", value: 900 },
        },
        { what: "alerts that Slack does not have", unit: "", value: owed, goal: { kind: "at most", value: 0 } },
      ],
    };
  } finally {
    await pool.destroy();
    await bot.stop();
    await graph.stop();
    await slack.close();
    scratch.close();
  }
};
