import { randomUUID } from "node:crypto";
import type { Secret } from "../token/secret/secret.ts";
import { endMarked } from "./end-processes.ts";
import { type Environment, type ExecOptions, readCommand, startProblem, type TakeChunk } from "./exec.ts";
import type { Reading } from "./reading.ts";

export interface CommandsOptions {
  /** The environment at process start, without the variables from .env. */
  readonly env: Environment;
  /** Variables that hold the bot's own secrets. A command gets neither these nor their `_FILE` variants. */
  readonly ownSecretNames: Iterable<string>;
  /**
   * Aborted when the bot stops: commands end at once, with every process that they left running. Those that save a
   * secret have a few seconds to end by themselves.
   */
  readonly signal?: AbortSignal | undefined;
}

/** Runs the commands that the operator configured, without the bot's own secrets, and at most ten at once. */
export interface Commands {
  /**
   * The standard output; with `input`, an empty text when the command took the secret and exited with 0.
   * @throws {OwnTroubleError} when this process has run out of a resource
   */
  readonly run: (argv: Argv, timeoutMs: number, input?: Secret) => Promise<Reading>;
  /** Runs a command whose output can have any length. The reading is ok when the command exited with 0. */
  readonly stream: (argv: Argv, timeoutMs: number, output: TakeChunk) => Promise<Reading>;
  /** Why the command cannot be started, without starting it. Undefined when it can. */
  readonly problemOf: (argv: Argv) => Promise<string | undefined>;
}

export function createCommands({ env, ownSecretNames, signal }: CommandsOptions): Commands {
  const marks = { read: `${randomUUID()}.`, save: `${randomUUID()}.` };
  const saving = new Set<Promise<unknown>>();
  const places = createPlaces(MOST_RUNNING);
  let started = 0;
  const endAll = (): void => {
    if (started === 0) return;
    endMarked(marks.read);
    if (saving.size === 0) endMarked(marks.save);
    else void Promise.allSettled(saving).then(() => endMarked(marks.save));
  };
  signal?.addEventListener("abort", endAll, { once: true });
  // Read again for each command, because a fleet adds names.
  const commandEnv = (): Environment => withoutOwnSecrets(env, ownSecretNames);
  const start = (argv: Argv, options: Pick<ExecOptions, "timeoutMs" | "input" | "output">): Promise<Reading> => {
    started += 1;
    // Without the final dot, the mark of command 1 would also match the processes of command 10.
    const mark = `${options.input === undefined ? marks.read : marks.save}${started}.`;
    const run = readCommand(argv, { ...options, env: commandEnv(), mark, signal });
    return options.input === undefined ? run : saved(run);
  };
  const saved = async (run: Promise<Reading>): Promise<Reading> => {
    saving.add(run);
    try {
      return await run;
    } finally {
      saving.delete(run);
    }
  };
  return {
    run: async (argv, timeoutMs, input) => places.use(() => start(argv, { timeoutMs, input })),
    // A fleet's command has its own place, because the tokens of its watches may wait for places too.
    stream: (argv, timeoutMs, output) => start(argv, { timeoutMs, output }),
    problemOf: ([command]) => startProblem(command, commandEnv()),
  };
}

type Argv = readonly [string, ...string[]];

/** The most commands at once. Each is a process, and a round may need hundreds of them. */
const MOST_RUNNING = 10;

/** Lets so many tasks run at once. The others wait in the order in which they came. */
function createPlaces(most: number) {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return {
    use: async <T>(work: () => Promise<T>): Promise<T> => {
      if (taken < most) taken++;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) taken--;
        else next();
      }
    },
  };
}

function withoutOwnSecrets(env: Environment, names: Iterable<string>): Environment {
  const own = new Set([...names].flatMap((name) => [name, `${name}_FILE`]));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.has(name)));
}
