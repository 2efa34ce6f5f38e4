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
  readonly stop: () => Promise<void>;
}

const residentMb = (pid: number): number => {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1_024;
};

const firstLineWith = async (child: ChildProcess, words: string): Promise<void> => {
  if (child.stdout === null) throw new Error("the child has no standard output");
  const seen: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    seen.push(line);
    if (line.includes(words)) return;
  }
  throw new Error(`the child ended before it said "${words}":\n${seen.slice(-20).join("\n")}`);
};

/** Starts `node <args>` and waits until it has said `ready` on its standard output. */
export const startChild = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  ready: string,
): Promise<Child> => {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  await firstLineWith(child, ready);
  const startMs = performance.now() - startedMs;
  // Whatever it says later must not fill the pipe.
  child.stdout?.resume();
  const { pid } = child;
  if (pid === undefined) throw new Error("the child has no process id");
  return {
    pid,
    startMs,
    residentMb: () => residentMb(pid),
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
};
