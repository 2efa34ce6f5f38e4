import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The variable with the program that tests start. The run of the tests sets it. */
export const MAIN_VARIABLE = "WA_TOKEN_TEST_MAIN";

export const SOURCES = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

const bundle = process.env[MAIN_VARIABLE];
/** The program that tests start: the bundle of this test run, or the sources outside of a test run. */
export const MAIN = bundle ?? SOURCES;

export interface ChildSetting {
  /** The child gets no other variable of this process's environment that means something to it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly cwd: string;
  /** The file that Node.js runs. Default: `MAIN`. */
  readonly main?: string;
  readonly killedAfterMs?: number;
}

export interface ChildOutcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Ends a child that hangs, so that it does not outlive its test. */
const KILLED_AFTER_MS = 60_000;

/**
 * Node.js keeps the compiled modules of `MAIN` there, so that a start takes half the time. It finds them by the path of
 * the module, so the folder is beside the bundle and is removed with it.
 */
export const COMPILED = bundle === undefined ? process.env["NODE_COMPILE_CACHE"] : join(dirname(bundle), "../compiled");

export const startChild = (
  argv: readonly string[],
  { env = {}, cwd, main = MAIN, killedAfterMs = KILLED_AFTER_MS }: ChildSetting,
) =>
  spawn(process.execPath, [main, ...argv], {
    cwd,
    env: { ...(COMPILED !== undefined && { NODE_COMPILE_CACHE: COMPILED }), ...env },
    stdio: "pipe",
    timeout: killedAfterMs,
    killSignal: "SIGKILL",
  });

/** Runs the real command in its own process. */
export const runChild = async (argv: readonly string[], setting: ChildSetting): Promise<ChildOutcome> => {
  const child = startChild(argv, setting);
  child.stdin.end(setting.stdin ?? "");
  const [out, err, closed] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const [code] = closed as [number | null];
  return { code, out, err };
};
