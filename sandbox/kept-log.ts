import type { Logger } from "pino";
import { createLogger } from "../src/log.ts";

export interface KeptLog {
  readonly log: Logger;
  /** Every line so far, as the bot's own logger wrote it, at level trace. */
  readonly lines: () => readonly string[];
  /** Resolves when a later line contains this text. */
  readonly next: (text: string) => Promise<void>;
}

/** The bot's real logger. Its lines are kept in memory instead of printed. */
export function createKeptLog(): KeptLog {
  const lines: string[] = [];
  const waiting = new Set<{ readonly text: string; readonly found: () => void }>();
  const write = (line: string): void => {
    lines.push(line);
    for (const entry of waiting) {
      if (!line.includes(entry.text)) continue;
      waiting.delete(entry);
      entry.found();
    }
  };
  return {
    log: createLogger({ level: "trace", to: { write } }),
    lines: () => lines,
    next: (text) =>
      new Promise((resolve) => {
        waiting.add({ text, found: resolve });
      }),
  };
}
