// Measures `/wa-token help` over signed HTTP, ours against bare Bolt: until the acknowledgement, and until the answer.
import { Pool } from "undici";
import { ask } from "./ask.ts";
import type { Measured, Row } from "./report.ts";
import { openScratch, type Server, startBare, startOurs } from "./servers.ts";
import { openSlackDouble, type SlackDouble } from "./slack-double.ts";
import { quantile, ratios, spread } from "./statistics.ts";

const ROUNDS = 15;
const REQUESTS = 1_000;
const WARM_UP = 500;

const HOW = `\`/wa-token help\` over signed HTTP, one request at a time, against a Bolt app with the same receiver that acknowledges and
answers through \`response_url\` as well.`;

/** A wider margin for the slowest requests. */
const SLOWEST = {
  margin: 0.75,
  whyMissed:
    "The slowest requests meet pauses of the garbage collector on both sides, so the ratio varies much: see the lowest and the highest.",
};

interface Latencies {
  readonly ackMs: readonly number[];
  readonly answerMs: readonly number[];
}

const askMany = async (pool: Pool, slack: SlackDouble, count: number): Promise<Latencies> => {
  const pairs: (readonly [number, number])[] = [];
  for (let n = 0; n < count; n++) pairs.push(await ask(pool, slack));
  return { ackMs: pairs.map(([ack]) => ack), answerMs: pairs.map(([, answer]) => answer) };
};

const row = (
  what: string,
  share: number,
  ours: readonly (readonly number[])[],
  bare: readonly (readonly number[])[],
): Row => {
  const [a, b] = [ours.map((ms) => quantile(ms, share)), bare.map((ms) => quantile(ms, share))];
  return {
    what,
    unit: "ms",
    ours: spread(a),
    baseline: spread(b),
    ratio: spread(ratios(a, b)),
    goal: { kind: "at most", ratio: 1.15 },
    ...(share > 0.9 && SLOWEST),
  };
};

export const benchHelp = async (): Promise<Measured> => {
  const scratch = openScratch();
  const slack = await openSlackDouble();
  const options = { apiUrl: slack.apiUrl, scratch: scratch.path };
  const servers: readonly [Server, Server] = [await startOurs(options), await startBare(options)];
  const pools = servers.map(({ eventsUrl }) => new Pool(new URL(eventsUrl).origin, { connections: 1 }));
  const [ourPool, barePool] = pools;
  if (ourPool === undefined || barePool === undefined) throw new Error("two servers were started");
  try {
    const ours: Latencies[] = [];
    const bare: Latencies[] = [];
    await askMany(ourPool, slack, WARM_UP);
    await askMany(barePool, slack, WARM_UP);
    for (let round = 0; round < ROUNDS; round++) {
      // The order alternates, so that neither side always runs after the other's garbage.
      const order =
        round % 2 === 0
          ? ([
              [ourPool, ours],
              [barePool, bare],
            ] as const)
          : ([
              [barePool, bare],
              [ourPool, ours],
            ] as const);
      for (const [pool, results] of order) results.push(await askMany(pool, slack, REQUESTS));
    }
    const pick = (side: readonly Latencies[], key: keyof Latencies) => side.map((latencies) => latencies[key]);
    const rows = [
      row("help until acknowledged, p50", 0.5, pick(ours, "ackMs"), pick(bare, "ackMs")),
      row("help until acknowledged, p99", 0.99, pick(ours, "ackMs"), pick(bare, "ackMs")),
      row("help until answered, p50", 0.5, pick(ours, "answerMs"), pick(bare, "answerMs")),
      row("help until answered, p99", 0.99, pick(ours, "answerMs"), pick(bare, "answerMs")),
    ];
    return { rows, figures: [], how: HOW };
  } finally {
    for (const pool of pools) await pool.destroy();
    for (const server of servers) await server.stop();
    await slack.close();
    scratch.close();
  }
};
