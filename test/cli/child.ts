import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

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

const compiled = process.env["NODE_COMPILE_CACHE"];
/** Node.js finds its compiled modules there, so that a start takes half the time. */
const COMPILED = compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled };

export const startChild = (
  argv: readonly string[],
  { env = {}, cwd, main = MAIN, killedAfterMs = KILLED_AFTER_MS }: ChildSetting,
) =>
  spawn(process.execPath, [main, ...argv], {
    cwd,
    env: { ...COMPILED, ...env },
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
