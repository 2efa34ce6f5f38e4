import type { Spans } from "../../guide/rich-text.ts";
import type { FleetTrouble } from "../../outbox/digest-table.ts";
import { words } from "../../words/words.ts";

/** A line for each fleet whose list could not be read or accepted, or keeps watches because of malformed lines. */
export function fleetLines(troubles: readonly FleetTrouble[] = []): readonly Spans[] {
  return troubles.slice(0, MOST_FLEETS).map(({ fleet, message }) => words.status.troubles.fleet(fleet, message));
}

/** The log, `/readyz` and doctor name more. */
const MOST_FLEETS = 3;
