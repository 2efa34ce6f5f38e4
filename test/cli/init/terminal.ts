import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";
import { runCli } from "../../../src/cli/program.ts";
import { writePrivateFile } from "../../../src/cli/private-file.ts";
import { readSmallFile } from "../../../src/cli/small-file.ts";
import type { ExitCode } from "../../../src/cli/exit-code.ts";
import { createMemoryIo, type Setting } from "../memory-io.ts";

export const DOWN = "\u001B[B";
export const CTRL_C = "\u0003";
export const CTRL_D = "\u0004";

/** A person at a terminal, and the real subcommand on the other side. */
export interface Dialogue {
  /** Waits until the terminal asks this, and types the answer and Enter. */
  readonly answer: (question: string, text?: string) => Promise<void>;
  /** Waits until the terminal shows this. */
  readonly sees: (text: string) => Promise<void>;
  /** Sends keys without Enter. */
  readonly press: (keys: string) => void;
  /** Sends a SIGTERM. */
  readonly stop: () => void;
  readonly shown: () => string;
  readonly end: Promise<{ readonly code: ExitCode; readonly err: string }>;
}

/** Starts `wa-token init` in a folder with real files. */
export const openDialogue = (cwd: string, setting: Setting = {}): Dialogue => {
  const input = new PassThrough();
  // As for the real standard output, a prompt that ends does not end the stream.
  const output = Object.assign(new PassThrough(), { _isStdio: true });
  let shown = "";
  let read = 0;
  const waiting = new Set<() => void>();
  const show = (text: string): void => {
    shown += stripVTControlCharacters(text);
    for (const look of waiting) look();
  };
  output.setEncoding("utf8").on("data", show);
  const memory = createMemoryIo({
    cwd,
    readFile: readSmallFile,
    writeFile: writePrivateFile,
    terminal: { input, output },
    ...setting,
  });
  const io = { ...memory.io, stdout: { ...memory.io.stdout, write: show } };
  const end = runCli(["init"], io).then((code) => ({ code, err: memory.err() }));
  const sees = async (text: string): Promise<void> => {
    const seen = Promise.withResolvers<void>();
    const look = (): void => {
      const at = shown.indexOf(text, read);
      if (at < 0) return;
      read = at + text.length;
      waiting.delete(look);
      seen.resolve();
    };
    waiting.add(look);
    look();
    await Promise.race([
      seen.promise,
      end.then(({ err }) => {
        expect(waiting.has(look) ? `The dialogue ended before "${text}":\n${shown.slice(read)}\n${err}` : "").toBe("");
        return undefined;
      }),
    ]);
  };
  return {
    sees,
    answer: async (question, text = "") => {
      await sees(question);
      input.write(`${text}\r`);
    },
    press: (keys) => void input.write(keys),
    stop: memory.stop,
    shown: () => shown,
    end,
  };
};
