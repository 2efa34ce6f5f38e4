import type { Config } from "../../config/config.ts";
import type { SharedDeadline } from "../../watch/ports.ts";
import type { Fleets, FleetStore } from "./fleets.ts";
import { type FleetOptions, openFleets } from "./open-fleets.ts";

/** The fleets of a command, which reads them once and without the store. */
export interface FleetsOnce {
  readonly fleets: Fleets;
  /** The bot's own variables, and those that hold tokens of fleets. */
  readonly ownSecretNames: ReadonlySet<string>;
}

/**
 * Problems and skipped lines are not logged: the command says them.
 * @param signal when aborted, a running command is ended and no other begins
 * @param deadlines what a bot saved, so that a list is accepted or refused as the bot does at its start
 */
export async function readFleetsOnce(
  config: Config,
  { env, now }: Pick<FleetOptions, "env" | "now">,
  signal: AbortSignal,
  deadlines?: ReadonlyMap<string, SharedDeadline>,
): Promise<FleetsOnce> {
  const ownSecretNames = new Set(config.ownSecretNames);
  const fleets = openFleets(config, { env, ownSecretNames, now, log: SILENT, signal });
  if (deadlines !== undefined) fleets.attach(readOnly(deadlines), { removes: false });
  try {
    await fleets.refresh();
  } finally {
    fleets.close();
  }
  return { fleets, ownSecretNames };
}

/** Saves nothing. */
function readOnly(deadlines: ReadonlyMap<string, SharedDeadline>): FleetStore {
  return {
    readDeadline: async (name) => deadlines.get(name) ?? null,
    advanceDeadline: async () => false,
    sync: async () => undefined,
  };
}

const SILENT = { info: () => undefined, warn: () => undefined };
