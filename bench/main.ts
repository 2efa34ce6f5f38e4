// `npm run bench` measures the times that people wait, each against a baseline in the same interleaved run. It prints
// the tables and writes docs/benchmarks.md. `npm run bench -- load` runs one part, prints its tables and writes no
// file.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { benchmarksPage } from "./page.ts";
import { PARTS } from "./parts.ts";
import { type Measured, missedGoals, tables } from "./report.ts";

const PAGE = join(import.meta.dirname, "../docs/benchmarks.md");

const [only, ...more] = process.argv.slice(2);
if (more.length > 0 || (only !== undefined && !Object.hasOwn(PARTS, only))) {
  const names = Object.keys(PARTS).join(", ");
  console.error(`Unknown part: ${[only, ...more].join(" ")}. Choose one of: ${names}. Without a part, all parts run.`);
  process.exit(2);
}

const parts: Measured[] = [];
for (const [name, run] of Object.entries(PARTS)) {
  if (only !== undefined && only !== name) continue;
  console.error(`measuring ${name}…`);
  parts.push(await run());
}
const measured: Measured = {
  rows: parts.flatMap(({ rows }) => rows),
  figures: parts.flatMap(({ figures }) => figures),
};

console.log([...tables(measured), ...missedGoals(measured)].join("\n\n"));
if (only === undefined) {
  const machine = `Node.js ${process.version} on ${cpus().length} cores (${process.platform} ${process.arch})`;
  writeFileSync(PAGE, benchmarksPage(measured, { at: new Date(), machine }));
}
