import { openFleets } from "../../app/fleets/open-fleets.ts";
import type { Config } from "../../config/config.ts";
import type { Io } from "../io.ts";
import type { Line } from "./line.ts";

/** Reads each fleet once, without the store, and says how many watches it lists and which lines are skipped. */
export async function fleetLines(config: Config, { env, now }: Pick<Io, "env" | "now">): Promise<readonly Line[]> {
  const ownSecretNames = new Set(config.ownSecretNames);
  const fleets = openFleets(config, { env, ownSecretNames, now, log: SILENT });
  try {
    await fleets.refresh();
  } finally {
    fleets.close();
  }
  const troubles = fleets.troubles();
  const listed = fleets.book.size - config.watches.length;
  return [
    ...troubles.map(({ fleet, message }): Line => ({ status: "problem", topic: `Fleet ${fleet}`, text: message })),
    ...fleets.skipped().map(({ fleet, message }): Line => ({
      status: "warning",
      topic: `Fleet ${fleet}`,
      text: message,
    })),
    ...(troubles.length === config.fleets.length
      ? []
      : [
          {
            status: "ok",
            topic: "Fleets",
            text: `${String(listed)} ${listed === 1 ? "watch" : "watches"} listed`,
          } as const,
        ]),
  ];
}

/** Every problem has a line of its own. */
const SILENT = { info: () => undefined, warn: () => undefined };
