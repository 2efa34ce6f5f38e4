// `npm run bench` measures the times that people wait, each against a baseline in the same interleaved run. It prints
// the tables and writes docs/benchmarks.json and docs/benchmarks.md. `npm run bench -- load start` measures only these
// parts and keeps the others. `npm run bench -- --check` compares with the recorded ratios, writes nothing, and exits
// with 1 if a figure got worse. `npm run bench -- --page` writes the page again without measuring.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { readArguments } from "./arguments.ts";
import { MARGIN, worseThan } from "./check.ts";
import { benchmarksPage } from "./page.ts";
import { PARTS } from "./parts.ts";
import { type BenchRecord, readRecord, writeRecord } from "./record.ts";
import { type Measured, missedGoals, tables } from "./report.ts";

const PAGE = join(import.meta.dirname, "../docs/benchmarks.md");
const NAMES = Object.keys(PARTS);

const run = readArguments(process.argv.slice(2), NAMES);
if (typeof run === "string") {
  console.error(run);
  process.exit(2);
}

const problems: string[] = [];
for (const name of run.parts) {
  console.error(`measuring ${name}…`);
  try {
    // On a busy machine, a result says less. The page shows how busy the machine was before the part added its own load.
    const [load = 0] = loadavg();
    const measured = await PARTS[name]?.();
    if (measured === undefined) continue;
    console.log([...tables(measured), ...missedGoals(measured)].join("\n\n"));
    if (run.mode === "check") problems.push(...check(name, measured));
    else keep(name, measured, load);
  } catch (error) {
    // The other parts still count: one of them needs a program that this machine may lack.
    problems.push(`${name}: could not be measured: ${error instanceof Error ? error.message : String(error)}`);
  }
}
if (run.mode === "page") writePage(readRecord());
if (run.mode === "check" && problems.length === 0)
  console.log(
    `No figure is worse than its recorded value beyond its margin (${MARGIN * 100} % unless it has its own).`,
  );
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

function check(name: string, measured: Measured): readonly string[] {
  const recorded = readRecord()[name];
  return recorded === undefined
    ? [`${name}: not recorded yet. Run: npm run bench -- ${name}`]
    : worseThan(recorded, measured);
}

function keep(name: string, measured: Measured, load: number): void {
  const machine = `Node.js ${process.version} on ${cpus().length} cores (${process.platform} ${process.arch}), load average ${load.toFixed(1)} at the start`;
  const record = {
    ...readRecord(),
    [name]: { measuredOn: new Date().toISOString().slice(0, 10), machine, ...measured },
  };
  writeRecord(inOrder(record));
  writePage(readRecord());
}

/** The parts in the order of a complete run. Parts that no longer exist leave the record. */
function inOrder(record: BenchRecord): BenchRecord {
  return Object.fromEntries(NAMES.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])));
}

function writePage(record: BenchRecord): void {
  writeFileSync(PAGE, benchmarksPage(record));
}
