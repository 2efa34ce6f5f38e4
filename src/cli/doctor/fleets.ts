import type { Fleets } from "../../app/fleets/fleets.ts";
import { readFleetsOnce } from "../../app/fleets/read-once.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import type { Config } from "../../config/config.ts";
import type { Io } from "../io.ts";
import type { Line } from "./line.ts";

/** The lines about fleets, and the number of watches of each Meta app. */
export interface FleetsFound {
  readonly lines: readonly Line[];
  readonly countOf: (app: string) => number;
}

/** Reads each fleet once, without the store, and says how many watches it lists and which lines are skipped. */
export async function readFleets(config: Config, io: Pick<Io, "env" | "now">): Promise<FleetsFound> {
  const { fleets } = await readFleetsOnce(config, io);
  return { lines: linesOf(fleets, config), countOf: fleets.countOf };
}

function linesOf(fleets: Fleets, config: Config): readonly Line[] {
  if (config.fleets.length === 0) return [];
  const troubles = fleets.troubles();
  const listed = fleets.book.size - config.watches.length;
  const lines = [
    ...troubles.map((trouble) => lineAbout(trouble, "problem")),
    ...fleets.skipped().map((skipped) => lineAbout(skipped, "warning")),
  ];
  if (troubles.length === config.fleets.length) return lines;
  return [...lines, { status: "ok", topic: "Fleets", text: `${String(listed)} ${listed === 1 ? "watch" : "watches"}` }];
}

function lineAbout({ fleet, message }: FleetTrouble, status: Line["status"]): Line {
  return { status, topic: `Fleet ${fleet}`, text: message };
}
