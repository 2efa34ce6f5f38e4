import { figureTable, type Measured, missedGoals, table } from "./report.ts";

interface Setting {
  readonly at: Date;
  /** Node.js version and machine, as text. */
  readonly machine: string;
}

/** The content of docs/benchmarks.md, from one complete run. */
export const benchmarksPage = (measured: Measured, { at, machine }: Setting): string => {
  const missed = missedGoals(measured);
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench`. Compare ratios, not absolute figures: both sides ran interleaved in one run, and each",
    "ratio is the median of the paired ratios, followed by the lowest and the highest.",
    "",
    table(measured.rows),
    "",
    "## 5,000 watches that all fail at once",
    "",
    figureTable(measured.figures),
    "",
    "## Missed goals",
    "",
    missed.length === 0 ? "None: this run met every goal." : missed.map((goal) => `- ${goal}`).join("\n"),
    "",
    "## How it was measured",
    "",
    `Measured on ${at.toISOString().slice(0, 10)} with ${machine}.`,
    "",
    "- **help**: `/wa-token help` over signed HTTP, one request at a time, against a Bolt app with the same receiver that",
    "  acknowledges and answers through `response_url` as well.",
    "- **inspections**: one `/debug_token` call each, 50 in flight, against a loop of undici and `JSON.parse` on the same",
    "  local server.",
    "- **help during the round** and the second table: the real bot with SQLite, 5,000 watches, one round in which Graph",
    "  reports every token as revoked; the baseline is the same bot at rest before the round. Help is requested every 20 ms.",
    "- **start** and **memory**: from the start of the process until `/readyz` succeeds (bare Bolt: until it listens), and",
    "  resident memory one second later; Node's compile cache is warm on both sides.",
    "",
  ].join("\n");
};
