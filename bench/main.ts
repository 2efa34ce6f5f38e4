// `npm run bench`: measures what people wait for, each figure beside a baseline of the same interleaved run, prints the
// table and writes docs/benchmarks.md. Name a part (help, inspections, start) to run only that and write nothing.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { benchHelp } from "./help.ts";
import { benchInspections } from "./inspections.ts";
import { type Row, table } from "./report.ts";
import { benchStart } from "./start.ts";

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  help: benchHelp,
  inspections: benchInspections,
  start: benchStart,
};

const only = process.argv[2];
if (only !== undefined && !Object.hasOwn(parts, only)) {
  console.error(`Unknown part. Choose one of: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const [name, run] of Object.entries(parts)) {
  if (only !== undefined && only !== name) continue;
  console.error(`measuring ${name}…`);
  rows.push(...(await run()));
}

const text = table(rows);
console.log(text);

if (only === undefined) {
  const page = [
    "# Benchmarks",
    "",
    "Written by `npm run bench`. Compare ratios, not absolute figures: both sides ran interleaved in one run, and each",
    "ratio is the median of the paired ratios, with the least and the greatest behind it.",
    "",
    text,
    "",
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node.js ${process.version} on ${cpus().length} cores (${process.platform} ${process.arch}).`,
    "",
    "- **help**: `/wa-token help` over signed HTTP, one request at a time, against a Bolt app with the same receiver that",
    "  acknowledges and answers through `response_url` as well.",
    "- **inspections**: one `/debug_token` call each, 50 in flight, against a loop of undici and `JSON.parse` on the same",
    "  local server.",
    "- **start** and **memory**: from the start of the process until `/readyz` says yes (bare Bolt: until it listens), and",
    "  resident memory one second later; Node's compile cache is warm on both sides.",
    "",
  ].join("\n");
  writeFileSync(join(import.meta.dirname, "../docs/benchmarks.md"), page);
}
