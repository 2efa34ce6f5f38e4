import { MARGIN } from "./check.ts";
import type { BenchRecord, RecordedPart } from "./record.ts";
import { missedGoals, tables } from "./report.ts";

/** The content of docs/benchmarks.md, from the last results of each part. */
export function benchmarksPage(record: BenchRecord): string {
  const missed = Object.values(record).flatMap(missedGoals);
  return [
    "# Benchmarks",
    `Written by \`npm run bench\` from [benchmarks.json](benchmarks.json). Compare ratios, not absolute figures: both sides
ran in one run. Each ratio is the median of the paired ratios, followed by the lowest and the highest. In the parts
\`fleets\` and \`replicas\`, each side ran once, because they take minutes. Such a ratio can differ by a third in the next run.

\`npm run bench -- NAME\` measures one part again and changes only its section. \`npm run bench -- --check\` measures and
exits with 1 if a ratio is worse than its recorded value by more than ${MARGIN * 100} % (ratios of the slowest requests
have their own, larger margin in benchmarks.json), or if a bound that was met is missed by more than ${MARGIN * 100} %.`,
    "## Missed goals",
    missed.length === 0 ? "None: every goal was met." : missed.map((goal) => `- ${goal}`).join("\n"),
    ...Object.entries(record).flatMap(([name, part]) => section(name, part)),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function section(name: string, part: RecordedPart): readonly string[] {
  return [
    `## ${name}`,
    ...tables(part),
    ...(part.how === undefined ? [] : [part.how]),
    `Measured on ${part.measuredOn} with ${part.machine}.`,
  ];
}
