import type { Config } from "../../config/config.ts";
import type { Fleets } from "./fleets.ts";
import { type FleetOptions, openFleets } from "./open-fleets.ts";

/** The fleets of a command, which reads them once and without the store. */
export interface FleetsOnce {
  readonly fleets: Fleets;
  /** The bot's own variables, and those that hold tokens of fleets. */
  readonly ownSecretNames: ReadonlySet<string>;
}

/** Problems and skipped lines are not logged: the command says them. */
export async function readFleetsOnce(
  config: Config,
  { env, now }: Pick<FleetOptions, "env" | "now">,
): Promise<FleetsOnce> {
  const ownSecretNames = new Set(config.ownSecretNames);
  const fleets = openFleets(config, { env, ownSecretNames, now, log: SILENT });
  try {
    await fleets.refresh();
  } finally {
    fleets.close();
  }
  return { fleets, ownSecretNames };
}

const SILENT = { info: () => undefined, warn: () => undefined };
