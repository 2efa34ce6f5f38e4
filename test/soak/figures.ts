import { readdirSync, readFileSync } from "node:fs";

export interface Figures {
  readonly memoryMb: number;
  /** Open files and sockets. */
  readonly handles: number;
}

/** What a process holds now; Linux only. */
export const figuresOf = (pid: number): Figures => {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return { memoryMb: Math.round(Number(kilobytes) / 1_024), handles: readdirSync(`/proc/${pid}/fd`).length };
};
