import type { Fleets } from "../../app/fleets/fleets.ts";
import { type FleetsOnce, readFleetsOnce } from "../../app/fleets/read-once.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import type { Config } from "../../config/config.ts";
import type { Io } from "../io.ts";
import { counted } from "../../words/values.ts";
import type { Line } from "./line.ts";
import type { StoreFound } from "./store.ts";

/** The lines about fleets, and their watches. */
export interface FleetsFound extends FleetsOnce {
  readonly lines: readonly Line[];
}

/**
 * Reads each fleet once, says how many watches it lists and which lines are skipped, and whether the bot would accept
 * the list.
 */
export async function readFleets(
  config: Config,
  io: Pick<Io, "env" | "now">,
  signal: AbortSignal,
  { deadlines }: Pick<StoreFound["saved"], "deadlines">,
): Promise<FleetsFound> {
  const read = await readFleetsOnce(config, io, signal, deadlines);
  return { ...read, lines: linesOf(read.fleets, config) };
}

function linesOf(fleets: Fleets, config: Config): readonly Line[] {
  if (config.fleets.length === 0) return [];
  const troubles = fleets.troubles();
  const failing = new Set(troubles.map(({ fleet }) => fleet));
  const sizes = fleets.sizes().map(({ fleet, watches }) => (failing.has(fleet) ? 0 : (watches ?? 0)));
  const listed = sizes.reduce((sum, size) => sum + size, 0);
  const lines = [
    ...troubles.map((trouble) => lineAbout(trouble, "problem")),
    ...fleets.skipped().map((skipped) => lineAbout(skipped, "warning")),
  ];
  if (troubles.length === config.fleets.length) return lines;
  return [...lines, { status: "ok", topic: "Fleets", text: counted(listed, "watch", "watches") }];
}

function lineAbout({ fleet, message }: FleetTrouble, status: Line["status"]): Line {
  return { status, topic: `Fleet ${fleet}`, text: message };
}
