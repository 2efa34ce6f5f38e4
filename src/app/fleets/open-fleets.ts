import type { Logger } from "pino";
import type { Config } from "../../config/config.ts";
import { createCommands } from "../../secrets/commands.ts";
import { createFleetReader } from "../../secrets/fleet/read-fleet.ts";
import { createFleets, type Fleets } from "./fleets.ts";

export interface FleetOptions {
  /** The process environment, for the commands of fleets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Variables that hold the bot's own secrets. The variables of fleets are added. */
  readonly ownSecretNames: Set<string>;
  readonly now: () => Date;
  readonly log: Pick<Logger, "info" | "warn">;
  /** When aborted, a running command is ended and no other begins. */
  readonly signal?: AbortSignal;
}

/** The fleets of a program. `close` ends a running command. */
export function openFleets(
  config: Config,
  { env, ownSecretNames, now, log, signal }: FleetOptions,
): Fleets & { readonly close: () => void } {
  const open = () => {
    const stop = new AbortController();
    const ends = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
    const commands = createCommands({ env, ownSecretNames, signal: ends });
    return { stop, read: createFleetReader({ commands }) };
  };
  let reader = open();
  const fleets = createFleets(config, {
    readFleet: (source, onLine) => reader.read(source, onLine),
    onVariable: (name) => ownSecretNames.add(name),
    now,
    log,
  });
  return {
    ...fleets,
    close: () => {
      reader.stop.abort();
      reader = open();
    },
  };
}
