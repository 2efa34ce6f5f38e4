import { type ChildProcess, spawn } from "node:child_process";
import { kill } from "node:process";
import { ownTroubleOf } from "../token/own-trouble.ts";
import { decode, failed, MOST_BYTES, type Reading, systemCode, TOO_LARGE } from "./reading.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** How long the output may be silent after the command ended, when something it started keeps it open. */
const LINGER_MS = 250;

export interface ExecOptions {
  readonly env: Environment;
  readonly timeoutMs: number;
}

const START_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "it was not found. Give its full path, or put its folder on PATH.",
  EACCES: "it may not be run by the user that runs wa-token. Make it executable for that user.",
};

/** Throws `OwnTroubleError` when the command could not start because this process has run out of a resource. */
const explainStart = (error: unknown): Reading => {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const trouble = ownTroubleOf(code);
  if (trouble !== undefined) throw trouble;
  return failed(START_PROBLEMS[code] ?? `it could not be started (${code}). Check the command of the source.`);
};

/** Ends the command and whatever it started; it leads a process group of its own. */
const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  try {
    kill(-child.pid, "SIGKILL");
  } catch (error) {
    // Gone already, or somebody else's by now.
    if (!["ESRCH", "EPERM"].includes(systemCode(error) ?? "")) throw error;
  }
};

const howItEnded = (code: number | null, signal: NodeJS.Signals | null): string =>
  `it ${signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`}. Run it by hand to see why; its own words are not shown, as they may hold the token.`;

/**
 * Runs a command without a shell; what it prints until it ends is the secret. What it writes to its error output is
 * thrown away unread, because some programs print the token there.
 */
export const readCommand = async (
  [command, ...args]: readonly [string, ...string[]],
  { env, timeoutMs }: ExecOptions,
): Promise<Reading> => {
  const { promise, resolve, reject } = Promise.withResolvers<Reading>();
  let child: ChildProcess;
  try {
    child = spawn(command, args, { env: { ...env }, stdio: ["ignore", "pipe", "ignore"], detached: true });
  } catch (error) {
    return explainStart(error);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  const leave = (): void => {
    killGroup(child);
    // Something that left the group may hold the pipe open; it is not waited for.
    child.stdout?.destroy();
  };
  const giveUp = (problem: string): void => {
    leave();
    resolve(failed(problem));
  };
  const conclude = (code: number | null, signal: NodeJS.Signals | null): void =>
    resolve(code === 0 ? decode(Buffer.concat(chunks)) : failed(howItEnded(code, signal)));
  const deadline = setTimeout(() => {
    giveUp(`it gave no answer within ${timeoutMs / 1000} s and was ended. Run it by hand to see what it waits for.`);
  }, timeoutMs);
  let linger: NodeJS.Timeout | undefined;
  child.stdout?.on("data", (chunk: Buffer) => {
    linger?.refresh();
    length += chunk.length;
    if (length > MOST_BYTES) giveUp(TOO_LARGE);
    else chunks.push(chunk);
  });
  child.once("error", reject);
  // Usually its output ends with it ("close"); a helper left running in the background may keep it open for ever.
  child.once("exit", (code, signal) => {
    linger = setTimeout(() => {
      leave();
      conclude(code, signal);
    }, LINGER_MS);
  });
  child.once("close", conclude);
  try {
    return await promise;
  } catch (error) {
    return explainStart(error);
  } finally {
    child.removeAllListeners("exit");
    clearTimeout(deadline);
    clearTimeout(linger);
  }
};
