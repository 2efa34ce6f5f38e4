import { benchFleets } from "./fleets.ts";
import { benchHelp } from "./help.ts";
import { benchInspections } from "./inspections.ts";
import { benchLoad } from "./load.ts";
import { benchReplicas } from "./replicas.ts";
import { benchRounds } from "./rounds.ts";
import type { Measured } from "./report.ts";
import { benchStart } from "./start.ts";

/** The parts that can be measured alone, in the order of a complete run. */
export const PARTS: Readonly<Record<string, () => Promise<Measured>>> = {
  fleets: benchFleets,
  help: benchHelp,
  inspections: benchInspections,
  load: benchLoad,
  replicas: benchReplicas,
  rounds: benchRounds,
  start: benchStart,
};
