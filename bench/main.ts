// `npm run bench`: measures what people wait for, each figure beside a baseline of the same interleaved run, prints the
// tables and writes docs/benchmarks.md. Name a part (help, inspections, load, start) to run only that and write nothing.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { benchHelp } from "./help.ts";
import { benchInspections } from "./inspections.ts";
import { benchLoad } from "./load.ts";
import { type Figure, figureTable, type Row, table } from "./report.ts";
import { benchStart } from "./start.ts";

interface Part {
  readonly rows: readonly Row[];
  readonly figures?: readonly Figure[];
}

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  help: async () => ({ rows: await benchHelp() }),
  inspections: async () => ({ rows: await benchInspections() }),
  load: benchLoad,
  start: async () => ({ rows: await benchStart() }),
};

const only = process.argv[2];
if (only !== undefined && !Object.hasOwn(parts, only)) {
  console.error(`Unknown part. Choose one of: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

const rows: Row[] = [];
const figures: Figure[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue;
  console.error(`measuring ${name}…`);
  const measured = await run();
  rows.push(...measured.rows);
  figures.push(...(measured.figures ?? []));
}

const text = table(rows);
const load = figures.length === 0 ? "" : figureTable(figures);
console.log(`${text}\n\n${load}`.trim());

if (only === undefined) {
  const page = [
    "# Benchmarks",
    "",
    "Written by `npm run bench`. Compare ratios, not absolute figures: both sides ran interleaved in one run, and each",
    "ratio is the median of the paired ratios, with the least and the greatest behind it.",
    "",
    text,
    "",
    "## 5,000 watches that all turn bad at once",
    "",
    load,
    "",
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node.js ${process.version} on ${cpus().length} cores (${process.platform} ${process.arch}).`,
    "",
    "- **help**: `/wa-token help` over signed HTTP, one request at a time, against a Bolt app with the same receiver that",
    "  acknowledges and answers through `response_url` as well.",
    "- **inspections**: one `/debug_token` call each, 50 in flight, against a loop of undici and `JSON.parse` on the same",
    "  local server.",
    "- **help during the round** and the second table: the real bot with SQLite, 5,000 watches, one round in which Graph",
    "  calls every token revoked; the baseline is the same bot at rest before it. Help is asked every 20 ms.",
    "- **start** and **memory**: from the start of the process until `/readyz` says yes (bare Bolt: until it listens), and",
    "  resident memory one second later; Node's compile cache is warm on both sides.",
    "",
  ].join("\n");
  writeFileSync(join(import.meta.dirname, "../docs/benchmarks.md"), page);
}
