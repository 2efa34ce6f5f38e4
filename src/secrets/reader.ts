// secrets/ reads a token from the place where it is deployed, again at every inspection: a variable, a file, a line of
// a .env file, or the output of a command. It imports token/ and node: built-ins. To add a kind of source: add its type
// and texts in token/source.ts, and a file here that returns a Reading. Then add a case below and a row in the tests.
import { Secret } from "../token/secret/secret.ts";
import { redact } from "../token/secret/shape.ts";
import { describeSource, type ReadSource, type Source, type SourceReading } from "../token/secret/source.ts";
import { type FleetPlaces, readFleetToken } from "./fleet/fleet-token.ts";
import { createCommands } from "./commands.ts";
import { readDotenv } from "./dotenv.ts";
import { readVariable } from "./env.ts";
import type { Environment } from "./exec.ts";
import { readTextFile } from "./file.ts";
import type { Reading } from "./reading.ts";

export interface SourceReaderOptions {
  /** The environment at process start, without the variables from .env. */
  readonly env: Environment;
  /** The .env file in use; undefined when there is none. */
  readonly dotenvPath: string | undefined;
  /** Variables that hold the bot's own secrets. A command gets neither these nor their `_FILE` variants. */
  readonly ownSecretNames: Iterable<string>;
  /** Finds the lines of fleets. Absent: there is no fleet. */
  readonly fleetLines?: FleetPlaces;
  readonly execTimeoutMs?: number;
  /** Aborted when the bot stops: commands end at once, with every process that they left running. */
  readonly signal?: AbortSignal;
}

/** Messages name the source and never show its content. */
export function createSourceReader(options: SourceReaderOptions): ReadSource {
  const { execTimeoutMs = EXEC_TIMEOUT_MS } = options;
  const commands = createCommands(options);
  return async (source: Source) => {
    switch (source.kind) {
      case "env": {
        const reading = await readVariable(options, source.name);
        return conclude(source, reading, reading.fixed ? FIXED_NOTE : null);
      }
      case "file":
        return conclude(source, await readTextFile(source.path), null);
      case "dotenv":
        return conclude(source, await readDotenv(source.path, source.name), null);
      case "exec":
        return conclude(source, await commands.run(source.argv, execTimeoutMs), null);
      case "fleet":
        return conclude(source, await readFleetToken(source, options.fleetLines), null);
    }
  };
}

const EXEC_TIMEOUT_MS = 10_000;

const FIXED_NOTE = "read at start; restart the bot after changing it";

/** The last step for every kind of source: removes white space around the secret and refuses an empty one. */
function conclude(source: Source, reading: Reading, note: string | null): SourceReading {
  // The source itself can contain a token, when the token was written in place of a path or command.
  const refuse = (problem: string): SourceReading => ({
    ok: false,
    message: redact(`Could not read ${describeSource(source)}: ${problem}`),
  });
  if (!reading.ok) return refuse(reading.problem);
  const value = reading.text.trim();
  return value === "" ? refuse("it is empty. Put the token there.") : { ok: true, secret: new Secret(value), note };
}
