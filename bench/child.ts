import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** A server in a process of its own, started by the same Node.js and with the same compile cache on both sides. */
export interface Child {
  readonly pid: number;
  /** From the start of the process to the line that says it serves, in milliseconds. */
  readonly startMs: number;
  /** Resident memory now, in MB. */
  readonly residentMb: () => number;
  /** The most resident memory that it ever had, in MB. */
  readonly peakMb: () => number;
  /** The next line of its standard output with these words, from now on. */
  readonly nextLine: (words: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

const memoryMb = (pid: number, what: "VmRSS" | "VmHWM"): number => {
  const kilobytes = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1_024;
};

/** Reads to the end, so that whatever the child says never fills the pipe. */
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

/** Starts `node <args>` and waits until it has said `ready` on its standard output. */
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
