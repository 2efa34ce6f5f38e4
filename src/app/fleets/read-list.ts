import type { FleetLines } from "../../config/fleet/fleet-lines.ts";
import type { Fleet } from "../../config/config.ts";
import type { FleetLine } from "../../secrets/fleet/line-splitter.ts";
import type { ReadFleet } from "../../secrets/fleet/read-fleet.ts";
import { redact } from "../../token/secret/shape.ts";
import { describeSource } from "../../token/secret/source.ts";
import { buildFleetList, type FleetList } from "./fleet-list.ts";

/** One reading of a fleet, or the problem that prevented it. No text shows content of a line. */
export type ListReading =
  | {
      readonly ok: true;
      readonly list: FleetList;
      /** The first skipped lines: "line 3 is not a JSON object". */
      readonly skipped: readonly string[];
      readonly skippedCount: number;
      /** Skipped lines that have no watch. A second line of a name is not among them. */
      readonly malformedCount: number;
      /** "line 3 is not a JSON object"; empty when no line is malformed. */
      readonly firstMalformed: string;
      /** The number of lines that are right. */
      readonly valid: number;
      /** Names that stay from the last list, because their lines may be malformed now. */
      readonly kept: ReadonlySet<string>;
      /** True when a skipped line may be one of a watch that is not in the list. */
      readonly mayLack: boolean;
    }
  | { readonly ok: false; readonly problem: string };

export interface ListOptions {
  readonly fleet: Fleet;
  readonly lines: FleetLines;
  readonly readFleet: ReadFleet;
  /** True for names of the watchlist, and of fleets before this one. */
  readonly isTaken: (name: string) => boolean;
  /** Called for each variable that holds a token. */
  readonly onVariable: (name: string) => void;
  /** The last known list. A watch whose line is malformed now keeps its last known line. */
  readonly last: FleetList | undefined;
}

/** Reads a fleet line by line. Skips malformed lines and the second of two equal names, and reports them. */
export async function readList({
  fleet,
  lines,
  readFleet,
  isTaken,
  onVariable,
  last,
}: ListOptions): Promise<ListReading> {
  const list = buildFleetList();
  const skipped: string[] = [];
  const malformed = new Set<string>();
  let malformedCount = 0;
  let firstMalformed = "";
  let skippedCount = 0;
  let keepsAll = false;
  let isCutOff = false;

  const skip = (line: FleetLine, problem: string): void => {
    skippedCount += 1;
    if (skipped.length < MOST_REPORTED) skipped.push(`line ${line.number} ${problem}`);
  };
  const lacks = (line: FleetLine, problem: string, name?: string): void => {
    skip(line, problem);
    malformedCount += 1;
    if (malformedCount === 1) firstMalformed = `line ${line.number} ${problem}`;
    keepsAll ||= name === undefined || malformed.size >= MOST_KEPT;
    if (name !== undefined && !keepsAll) malformed.add(name);
  };

  const source = await readFleet(fleet.source, (line) => {
    if ("problem" in line) return lacks(line, line.problem);
    const reading = lines.read(line.text);
    if (!reading.ok) {
      isCutOff ||= !line.isEnded && !reading.isJson;
      return lacks(line, reading.problem, reading.name);
    }
    const { name, definition, app, beforeMs } = reading;
    if (isTaken(name) || list.has(name)) return skip(line, "has a name that another watch has");
    reading.variables.forEach(onVariable);
    list.add(name, { definition, at: line.at, app, beforeMs });
  });
  if (!source.ok) return failed(fleet, source.problem);
  if (isCutOff) return failed(fleet, "it ends in the middle of a line.");
  const mayLack = keepsAll || [...malformed].some((name) => !list.has(name));
  const kept = new Set<string>();
  const valid = list.size;
  if (last !== undefined)
    for (const name of keepsAll ? last.names() : malformed) {
      const definition = list.has(name) || isTaken(name) ? undefined : last.definitionOf(name);
      if (definition === undefined) continue;
      const { app, renew } = lines.watchOf(definition);
      list.add(name, { definition, at: last.placeOf(name) ?? 0, app: app?.id, beforeMs: renew.beforeMs });
      kept.add(name);
    }
  return { ok: true, list, skipped, skippedCount, malformedCount, firstMalformed, valid, kept, mayLack };
}

/** The most lines to name in one report. */
const MOST_REPORTED = 20;

/** With more malformed lines, every watch keeps its last known line. */
const MOST_KEPT = 10_000;

function failed({ source }: Fleet, problem: string): ListReading {
  return { ok: false, problem: redact(`Could not read ${describeSource(source)}: ${problem}`) };
}
