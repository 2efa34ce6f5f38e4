import { once } from "node:events";
import { onTestFinished } from "vitest";
import type { World } from "../../../sandbox/world.ts";
import { type ChildSetting, startChild } from "../../cli/child.ts";

export interface BotProcess {
  readonly pid: number;
  /** Resolves when the output holds this text; rejects with the output when the process ends before. */
  readonly says: (text: string) => Promise<void>;
  /** Standard output and standard error so far. */
  readonly output: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** The exit code, and how long it took since the last signal. */
  readonly ended: Promise<{ readonly code: number | null; readonly tookMs: number }>;
}

/** `wa-token …` with this world's environment and nothing else, killed with the test at the latest. */
export const startProcess = (
  { env, dataDir }: World,
  argv: readonly string[] = [],
  changed: Readonly<Record<string, string>> = {},
  setting: Pick<ChildSetting, "killedAfterMs" | "main"> = {},
): BotProcess => {
  const child = startChild(argv, { env: { ...env, LOG_LEVEL: "trace", ...changed }, cwd: dataDir, ...setting });
  let output = "";
  let signalledAt = performance.now();
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      for (const ask of waiting) ask();
    });
  child.stdin.end();
  const ended = once(child, "close").then(([code]) => ({
    code: typeof code === "number" ? code : null,
    tookMs: performance.now() - signalledAt,
  }));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    says: (text) =>
      new Promise((resolve, reject) => {
        const ask = (): void => {
          if (!output.includes(text)) return;
          waiting.delete(ask);
          resolve();
        };
        waiting.add(ask);
        ask();
        ended.then(() => reject(new Error(`It ended without saying "${text}": ${output}`)), reject);
      }),
    output: () => output,
    signal: (signal) => {
      signalledAt = performance.now();
      child.kill(signal);
    },
    ended,
  };
};
