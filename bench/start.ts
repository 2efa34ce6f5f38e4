// Measures the time from start until ready and the idle memory: our bundle, as in the image, against bare Bolt. Node's
// compile cache is warm on all sides.
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bundleInto } from "../tools/build/bundle.ts";
import type { Figure, Measured, Row } from "./report.ts";
import { openScratch, type Server, type ServerOptions, startBare, startOurs } from "./servers.ts";
import { openSlackDouble } from "./slack-double.ts";
import { quantile, ratios, spread } from "./statistics.ts";

const ROUNDS = 10;
const IDLE_MS = 1_000;

const HOW = `From the start of the process until \`/readyz\` succeeds (bare Bolt: until it listens), and resident memory one second
later. wa-token runs from the bundle that \`npm run build\` makes, as in the image. Node's compile cache is warm on all sides.
The figures without a goal are medians of the same rounds.`;

interface Figures {
  readonly startMs: number;
  readonly residentMb: number;
}

const measure = async (
  start: (options: ServerOptions) => Promise<Server>,
  options: ServerOptions,
): Promise<Figures> => {
  const server = await start(options);
  await sleep(IDLE_MS);
  const residentMb = server.residentMb();
  await server.stop();
  return { startMs: server.startMs, residentMb };
};

const row = (what: string, unit: string, goal: number, ours: readonly number[], bare: readonly number[]): Row => ({
  what,
  unit,
  ours: spread(ours),
  baseline: spread(bare),
  ratio: spread(ratios(ours, bare)),
  goal: { kind: "at most", ratio: goal },
});

const median = (what: string, unit: string, values: readonly number[]): Figure => ({
  what,
  unit,
  value: quantile(values, 0.5),
});

export const benchStart = async (): Promise<Measured> => {
  const scratch = openScratch();
  const slack = await openSlackDouble();
  const options = { apiUrl: slack.apiUrl, scratch: scratch.path };
  const bundled = { ...options, main: join(scratch.path, "dist/main.js") };
  const ours: Figures[] = [];
  const sources: Figures[] = [];
  const bare: Figures[] = [];
  try {
    await bundleInto(join(scratch.path, "dist"));
    // Fills the compile cache, which Node writes when a process ends.
    await measure(startOurs, bundled);
    await measure(startOurs, options);
    await measure(startBare, options);
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await measure(startOurs, bundled));
      sources.push(await measure(startOurs, options));
      bare.push(await measure(startBare, options));
    }
  } finally {
    await slack.close();
    scratch.close();
  }
  const of = (side: readonly Figures[], key: keyof Figures) => side.map((figures) => figures[key]);
  const rows = [
    row("start until ready", "ms", 1.6, of(ours, "startMs"), of(bare, "startMs")),
    row("idle memory", "MB", 1.4, of(ours, "residentMb"), of(bare, "residentMb")),
  ];
  const figures = [
    median("start until ready, from the sources", "ms", of(sources, "startMs")),
    median("idle memory, from the sources", "MB", of(sources, "residentMb")),
  ];
  return { rows, figures, how: HOW };
};
