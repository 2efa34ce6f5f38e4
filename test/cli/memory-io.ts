import type { ExitCode } from "../../src/cli/exit-code.ts";
import type { Io } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/program.ts";

export interface MemoryIo {
  readonly io: Io;
  readonly out: () => string;
  readonly err: () => string;
  /** Sends a SIGTERM. */
  readonly stop: () => void;
}

export interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly tty?: boolean;
  /** The width of the terminal. */
  readonly columns?: number;
  readonly cwd?: string;
  readonly now?: () => Date;
  readonly wait?: (ms: number) => Promise<void>;
  /** Replace the files in memory. */
  readonly readFile?: Io["readFile"];
  readonly writeFile?: Io["writeFile"];
  readonly terminal?: Io["terminal"];
}

const missing = (path: string): Error =>
  Object.assign(new Error(`ENOENT: no such file, open '${path}'`), { code: "ENOENT" });

/** A process in memory: literal variables and files, recorded output. */
export const createMemoryIo = (setting: Setting = {}): MemoryIo => {
  const { env = {}, files = {}, stdin = "", tty = false, columns = 80, cwd = "/nowhere" } = setting;
  const out: string[] = [];
  const err: string[] = [];
  const stops = new Set<() => void>();
  const output = (texts: string[]) => ({
    write: (text: string) => void texts.push(text),
    isTty: tty,
    columns: tty ? columns : undefined,
  });
  return {
    io: {
      env,
      cwd,
      now: setting.now ?? (() => new Date("2026-11-22T00:00:00Z")),
      wait: setting.wait ?? (() => Promise.resolve()),
      stdout: output(out),
      stderr: output(err),
      readStdin: () => Promise.resolve(stdin),
      stdinIsTty: tty,
      readFile:
        setting.readFile ??
        ((path) => {
          const text = files[path];
          if (text === undefined) throw missing(path);
          return text;
        }),
      writeFile:
        setting.writeFile ??
        ((path) => {
          throw new Error(`${path} cannot be written: this process has no files`);
        }),
      terminal: setting.terminal,
      onStop: (listener) => {
        stops.add(listener);
        return () => stops.delete(listener);
      },
    },
    out: () => out.join(""),
    err: () => err.join(""),
    stop: () => {
      for (const listener of stops) listener();
    },
  };
};

export interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs the CLI to its end in memory. */
export const cli = async (argv: readonly string[], setting: Setting = {}): Promise<Outcome> => {
  const { io, out, err } = createMemoryIo(setting);
  const code = await runCli(argv, io);
  return { code, out: out(), err: err() };
};
