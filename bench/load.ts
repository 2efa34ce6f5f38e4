// Measures 5,000 watches that all fail in one round, with the real bot and SQLite: the latency of `/wa-token help`
// compared with the same bot at rest, the memory, and the messages to Slack.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { ask } from "./ask.ts";
import type { Measured } from "./report.ts";
import { openScratch, type OurServer, startGraph, startOurs } from "./servers.ts";
import { openSlackDouble, type Sent, type SlackDouble } from "./slack-double.ts";
import { quantile, ratios, spread } from "./statistics.ts";

const WATCHES = 5_000;
/**
 * This many watches read a second file, whose text later is not a token. They form no group, so each gets its own
 * message.
 */
const ALONE = 30;
const CHANNEL = "C0BENCH";

/** People do not ask without pauses. This rate is still far above that of a real workspace. */
const BETWEEN_MS = 20;
const IDLE_SLICES = 5;
const SLICE_MS = 3_000;

/** The first round and the measurement at rest end within this time. Then the second round starts. */
const SECOND_ROUND_AFTER_MS = 60_000;

/** The bot sends one message a second to a channel. After this silence it has probably sent all. */
const SILENCE_MS = 5_000;
const SETTLES_WITHIN_MS = 120_000;

const HOW = `The real bot with SQLite and 5,000 watches, in one round in which Graph reports every token as revoked. The baseline is the
same bot at rest before the round. Help is requested every ${BETWEEN_MS} ms.`;

const ONE_THREAD =
  "Each save, each edit of the group and each answer share one thread with SQLite, which waits for the disk at each commit.";

const GARBAGE =
  "V8 keeps more garbage where the machine has more memory. In 512 MB, as in compose.yaml, the same round needed at most 287 MB.";

/** Asks for help until `ended` returns true. Returns the latencies until the acknowledgement, slice by slice. */
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

/** Minimum and average time between two messages to the channel, in milliseconds. */
const gaps = (sent: readonly Sent[]) => {
  const between = sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0));
  return { least: Math.min(...between), average: between.reduce((sum, ms) => sum + ms, 0) / between.length };
};

const undelivered = async ({ opsUrl }: OurServer): Promise<number> => {
  const text = await (await fetch(`${opsUrl}/metrics`)).text();
  return Number(/^wa_token_alerts_undelivered (\d+)$/m.exec(text)?.[1]);
};

const durationOf = (line: string): number => Number(/"durationMs":(\d+)/.exec(line)?.[1]);

interface Sources {
  readonly watchlist: string;
  /** Path of the second file. */
  readonly aloneToken: string;
}

const writeSources = (folder: string): Sources => {
  const [watchlist, shared, aloneToken] = ["watches.yml", "shared", "alone"].map((name) => join(folder, name));
  if (watchlist === undefined || shared === undefined || aloneToken === undefined) throw new Error("three files");
  for (const path of [shared, aloneToken]) writeFileSync(path, `EAA${"x1".repeat(90)}`);
  const line = (_: unknown, index: number): string =>
    `  - { name: bench-${index}, source: "file:${index < ALONE ? aloneToken : shared}" }`;
  writeFileSync(watchlist, `watches:\n${Array.from({ length: WATCHES }, line).join("\n")}\n`);
  return { watchlist, aloneToken };
};

export const benchLoad = async (): Promise<Measured> => {
  const scratch = openScratch();
  const slack = await openSlackDouble();
  const graph = await startGraph(0);
  const { graphUrl } = graph;
  const { watchlist, aloneToken } = writeSources(scratch.path);
  const bot = await startOurs({
    apiUrl: slack.apiUrl,
    scratch: scratch.path,
    untilReady: false,
    env: {
      GRAPH_API_URL: graphUrl,
      META_APP_ID: "100000000000042",
      META_APP_SECRET: "bench-app-secret",
      WATCHLIST: watchlist,
      ALERT_CHANNEL: CHANNEL,
      CHECK_INTERVAL: "10s",
      SCHEDULE: everyHourAt(new Date(Date.now() + SECOND_ROUND_AFTER_MS)),
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
    writeFileSync(aloneToken, "bench");
    const began = bot.nextLine("alert changed");
    const ended = bot.nextLine('"msg":"round ended"');
    await began;
    let over = false;
    const turning = ended.finally(() => {
      over = true;
    });
    const busy = await askUntil(pool, slack, () => over);
    const roundMs = durationOf(await turning);

    const toChannel = (): readonly Sent[] => slack.sent.filter(({ channel }) => channel === CHANNEL);
    const settledBy = performance.now() + SETTLES_WITHIN_MS;
    const silentMs = (): number => performance.now() - (toChannel().at(-1)?.atMs ?? Number.NEGATIVE_INFINITY);
    while (silentMs() < SILENCE_MS && performance.now() < settledBy) await sleep(100);
    // Read before the metrics, because the metrics of 5,000 watches are megabytes of text.
    const peakMb = bot.peakMb();
    let owed = await undelivered(bot);
    while (owed > 0 && performance.now() < settledBy) {
      await sleep(SILENCE_MS);
      owed = await undelivered(bot);
    }
    const sent = toChannel();
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
          margin: 1,
          whyMissed: ONE_THREAD,
        },
      ],
      figures: [
        {
          what: "help during the round, p99 of all",
          unit: "ms",
          value: quantile(busy.flat(), 0.99),
          goal: { kind: "at most", value: 100 },
          whyMissed: ONE_THREAD,
        },
        { what: "help during the round, longest", unit: "ms", value: Math.max(...busy.flat()) },
        { what: "the round", unit: "s", value: roundMs / 1_000 },
        { what: "resident memory at rest", unit: "MB", value: idleMb },
        {
          what: "resident memory, most",
          unit: "MB",
          value: peakMb,
          goal: { kind: "at most", value: 400 },
          whyMissed: GARBAGE,
        },
        {
          what: "messages for 5000 alerts",
          unit: "",
          value: sent.length,
          goal: { kind: "at most", value: ALONE + 5 },
          whyMissed:
            "While the round finds more tokens, the group gets one edit and one reply at most every 15 seconds. A round of 30 seconds or less stays within the goal.",
        },
        {
          what: "between two of them, on average",
          unit: "ms",
          value: gaps(sent).average,
          goal: { kind: "at least", value: 990 },
        },
        { what: "between two of them, least", unit: "ms", value: gaps(sent).least },
        { what: "alerts that Slack does not have", unit: "", value: owed, goal: { kind: "at most", value: 0 } },
      ],
      how: HOW,
    };
  } finally {
    await pool.destroy();
    await bot.stop();
    await graph.stop();
    await slack.close();
    scratch.close();
  }
};

/** A cron expression for this minute and second of each hour. */
function everyHourAt(at: Date): string {
  return `${at.getUTCSeconds()} ${at.getUTCMinutes()} * * * *`;
}
