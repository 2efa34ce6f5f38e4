import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { World } from "../../sandbox/world.ts";
import { MAIN } from "../cli/child.ts";

const SHIFTED_CLOCK = fileURLToPath(new URL("../support/shifted-clock.ts", import.meta.url));

/** Keeps enough output to show why a bot failed, but not the output of a whole soak run. */
const KEPT_CHARACTERS = 100_000;

export interface Bot {
  readonly pid: number;
  /** The last part of the bot's output. */
  readonly output: () => string;
  /** The number of lines with this text in the last part of the output. */
  readonly count: (text: string) => number;
  /**
   * Resolves with true when a line contains the text, and with false when the process has ended or the time is over.
   */
  readonly says: (text: string, withinMs: number) => Promise<boolean>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit code; null after a signal. */
  readonly ended: Promise<number | null>;
}

export interface BotSetting {
  /** Milliseconds by which the bot's clock is ahead of the test's. */
  readonly aheadMs: number;
  /** Folder in which Node keeps compiled code between starts. */
  readonly compileCache: string;
  /** Called with every line of the bot's log. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Starts the real process, `wa-token run`, in this world. The caller has to end it. */
export const startBot = (
  { env, dataDir }: Pick<World, "env" | "dataDir">,
  { aheadMs, compileCache, onLine }: BotSetting,
): Bot => {
  const child = spawn(process.execPath, ["--import", SHIFTED_CLOCK, MAIN, "run"], {
    cwd: dataDir,
    env: { ...env, CLOCK_SHIFT_MS: String(aheadMs), NODE_COMPILE_CACHE: compileCache },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output = (output + chunk).slice(-KEPT_CHARACTERS);
      for (const ask of waiting) ask();
    });
  if (onLine !== undefined) createInterface({ input: child.stdout }).on("line", onLine);
  const ended = once(child, "close").then(([code]) => (typeof code === "number" ? code : null));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    count: (text) => output.split(text).length - 1,
    says: (text, withinMs) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => resolve(false), withinMs);
      const ask = (): void => {
        if (output.includes(text)) resolve(true);
      };
      waiting.add(ask);
      ask();
      void ended.then(() => resolve(false));
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(ask);
      });
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
};
