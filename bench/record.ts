// docs/benchmarks.json: the last results of each part. The page and `--check` read them from there.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The last results of each measured part, by the name of the part. */
export type BenchRecord = Readonly<Record<string, RecordedPart>>;

/** Results of one part, and the day and machine of the measurement. */
export type RecordedPart = z.infer<typeof Part>;

/** Reads the file. Throws an error that names the file if it does not have the expected form. */
export function readRecord(path = RECORD_PATH): BenchRecord {
  const parsed = z.record(z.string(), Part).safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} is not a record of benchmarks: ${z.prettifyError(parsed.error)}`);
}

/**
 * Writes the file. Numbers keep four significant digits: the rest is noise. Throws an error and writes nothing if a
 * figure is not a number.
 */
export function writeRecord(record: BenchRecord, path = RECORD_PATH): void {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value)
      ? Number(value.toPrecision(4))
      : value;
  const checked = z.record(z.string(), Part).safeParse(record);
  if (!checked.success) throw new Error(`the results cannot be recorded: ${z.prettifyError(checked.error)}`);
  writeFileSync(path, `${JSON.stringify(record, rounded, 2)}\n`);
}

const RECORD_PATH = join(import.meta.dirname, "../docs/benchmarks.json");

const Spread = z.object({ median: z.number(), min: z.number(), max: z.number() });
const Kind = z.enum(["at most", "at least"]);

const Row = z.object({
  what: z.string(),
  unit: z.string(),
  ours: Spread,
  baseline: Spread,
  ratio: Spread,
  goal: z.object({ kind: Kind, ratio: z.number() }),
  margin: z.number().positive().optional(),
  whyMissed: z.string().optional(),
});

const Figure = z.object({
  what: z.string(),
  unit: z.string(),
  value: z.number(),
  goal: z.object({ kind: Kind, value: z.number() }).optional(),
  whyMissed: z.string().optional(),
});

const Part = z.object({
  measuredOn: z.iso.date(),
  machine: z.string(),
  rows: z.array(Row).readonly(),
  figures: z.array(Figure).readonly(),
  how: z.string().optional(),
});
