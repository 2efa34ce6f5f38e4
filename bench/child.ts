import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** A server in its own process. Both sides start with the same Node.js and the same compile cache. */
export interface Child {
  readonly pid: number;
  /** Milliseconds from the start of the process until it prints that it serves. */
  readonly startMs: number;
  /** Resident memory now, in MB. */
  readonly residentMb: () => number;
  /** Maximum resident memory so far, in MB. */
  readonly peakMb: () => number;
  /** Resolves with the next line of its standard output that contains this text. */
  readonly nextLine: (words: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

const memoryMb = (pid: number, what: "VmRSS" | "VmHWM"): number => {
  const kilobytes = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1_024;
};

/** Reads all output, so that the child never blocks on a full pipe. */
const readLines = (child: ChildProcess) => {
  if (child.stdout === null) throw new Error("the child has no standard output");
  const waiting = new Set<(line: string) => void>();
  const recent: string[] = [];
  const lines = createInterface({ input: child.stdout }).on("line", (line) => {
    if (recent.push(line) > 20) recent.shift();
    for (const look of waiting) look(line);
  });
  return (words: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (line: string): void => {
        if (!line.includes(words)) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      lines.once("close", () => reject(new Error(`the child ended before it said "${words}":\n${recent.join("\n")}`)));
    });
};

/** Starts `node <args>` and waits until it prints `ready` to its standard output. */
export const startChild = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: string,
): Promise<Child> => {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const nextLine = readLines(child);
  await nextLine(ready);
  const startMs = performance.now() - startedMs;
  const { pid } = child;
  if (pid === undefined) throw new Error("the child has no process id");
  return {
    pid,
    startMs,
    residentMb: () => memoryMb(pid, "VmRSS"),
    peakMb: () => memoryMb(pid, "VmHWM"),
    nextLine,
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
};
