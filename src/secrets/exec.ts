import { type ChildProcess, spawn } from "node:child_process";
import { ownTroubleOf } from "../token/own-trouble.ts";
import { reveal, type Secret } from "../token/secret/secret.ts";
import { endFamily, endGroup, MARK } from "./end-processes.ts";
import { decode, failed, MOST_BYTES, type Reading, systemCode, TOO_LARGE } from "./reading.ts";
import { lookUp, RUN_BY_SHELL, scriptProblem } from "./script-line.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ExecOptions {
  readonly env: Environment;
  readonly timeoutMs: number;
  /** Identifies the processes of this command. */
  readonly mark: string;
  /** When aborted, the command is ended: at once, or with `input` after a few seconds, because it may be saving. */
  readonly signal: AbortSignal | undefined;
  /** The command gets it on its standard input, without a line end. Its standard output is then discarded unread. */
  readonly input?: Secret | undefined;
  /** Takes the standard output in place of the reading, whose text is then empty. */
  readonly output?: TakeChunk | undefined;
}

/** Takes a piece of an output of any length. A returned problem ends the reading. */
export type TakeChunk = (chunk: Buffer) => string | undefined;

/**
 * Runs a command without a shell. Without `input`, its standard output is the secret. Its error output is discarded
 * unread, because some programs print the token there.
 */
export async function readCommand(
  [command, ...args]: readonly [string, ...string[]],
  { env, timeoutMs, mark, signal, input, output }: ExecOptions,
): Promise<Reading> {
  /** Throws `OwnTroubleError` when the command could not start because this process has run out of a resource. */
  const explainStart = async (error: unknown): Promise<Reading> => {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const trouble = ownTroubleOf(code);
    if (trouble !== undefined) throw trouble;
    const script = CANNOT_RUN.includes(code) ? await scriptProblem(command, env, false) : undefined;
    if (script !== undefined) return failed(`it ${script}`);
    return failed(START_PROBLEMS[code] ?? `it could not be started (${code}). Check the command.`);
  };
  if (signal?.aborted === true) return failed(STOPPED);
  const { promise, resolve, reject } = Promise.withResolvers<Reading>();
  let child: ChildProcess;
  try {
    child = spawn(command, args, {
      env: { ...env, [MARK]: mark },
      stdio: input === undefined ? ["ignore", "pipe", "ignore"] : ["pipe", "ignore", "ignore"],
      detached: true,
    });
  } catch (error) {
    return explainStart(error);
  }
  // A command that does not read its input closes it (EPIPE). Its exit code alone says whether it saved the secret.
  child.stdin?.on("error", () => {});
  if (input !== undefined) child.stdin?.end(reveal(input));
  const chunks: Buffer[] = [];
  let length = 0;
  const keep: TakeChunk = (chunk) => {
    length += chunk.length;
    if (length > MOST_BYTES) return TOO_LARGE;
    chunks.push(chunk);
    return undefined;
  };
  const giveUp = (problem: string): void => {
    if (child.pid !== undefined) endFamily(child.pid, mark);
    child.stdin?.destroy();
    child.stdout?.destroy();
    resolve(failed(problem));
  };
  const conclude = (code: number | null, signaled: NodeJS.Signals | null): void => {
    // Ends the rest of the group. Otherwise each check could leave a process behind, and these would fill the machine.
    if (child.pid !== undefined) endGroup(child.pid);
    resolve(code === 0 ? decode(Buffer.concat(chunks)) : explainEnd(code, signaled));
  };
  const explainEnd = async (code: number | null, signaled: NodeJS.Signals | null): Promise<Reading> => {
    const script = code === null ? undefined : await scriptProblem(command, env, true);
    return failed(script === undefined ? howItEnded(code, signaled) : `it ended with exit code ${code}, and ${script}`);
  };
  const deadline = setTimeout(() => {
    giveUp(`it did not finish within ${timeoutMs / 1000} s and was stopped. Run it by hand to see why.`);
  }, timeoutMs);
  let grace: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (input === undefined) giveUp(STOPPED);
    else grace = setTimeout(() => giveUp(STOPPED), SAVE_GRACE_MS);
  };
  signal?.addEventListener("abort", stop);
  let linger: NodeJS.Timeout | undefined;
  child.stdout?.on("data", (chunk: Buffer) => {
    linger?.refresh();
    const problem = output === undefined ? keep(chunk) : output(chunk);
    if (problem !== undefined) giveUp(problem);
  });
  child.once("error", reject);
  // The output usually closes together with the command ("close"). A background process may keep it open forever.
  child.once("exit", (code, signaled) => {
    linger = setTimeout(() => {
      // A process that left the group may still hold the pipe, so the bot stops waiting for it.
      child.stdout?.destroy();
      conclude(code, signaled);
    }, LINGER_MS);
  });
  child.once("close", conclude);
  try {
    return await promise;
  } catch (error) {
    return await explainStart(error);
  } finally {
    child.removeAllListeners("exit");
    signal?.removeEventListener("abort", stop);
    clearTimeout(deadline);
    clearTimeout(grace);
    clearTimeout(linger);
  }
}

/** Why the system cannot start this command, without starting it. Undefined when it can, as far as the file shows. */
export async function startProblem(command: string, env: Environment): Promise<string | undefined> {
  const code = await lookUp(command, env);
  if (code !== undefined) return START_PROBLEMS[code];
  const script = await scriptProblem(command, env, true);
  return script === undefined || RUN_BY_SHELL.has(script) ? undefined : `it ${script}`;
}

/** How long a command may still save after the bot was told to stop. The whole stop takes at most 7 s (start-bot.ts). */
const SAVE_GRACE_MS = 6_000;

/** The wait for more output after the command ended. A process that it started may keep the output open. */
const LINGER_MS = 250;

const START_PROBLEMS: Readonly<Record<string, string>> = {
  ENOEXEC: "the system cannot run it. If it is a script, begin it with a line such as #!/bin/sh.",
  ENOENT: "it was not found. Give its full path, or add its folder to PATH.",
  EACCES: "the user that runs wa-token may not execute it. Make it executable for that user.",
};

/** With these codes the system could not run the file. The first line of the file may explain why. */
const CANNOT_RUN = ["ENOENT", "EACCES", "ENOEXEC"];

const STOPPED = "it was stopped because the bot is stopping.";

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return `it ${signal === null ? `ended with exit code ${code}` : `was killed by ${signal}`}. Run it by hand to see why. Its output is not shown, because it may contain the token.`;
}
