// cli/ turns arguments into a subcommand's work and an exit code. It may import every other folder, app.ts, log.ts and
// commander; what belongs to the process comes in as an Io, so that tests run it without one. To add a subcommand: a
// file with `add…` beside these, its line in program.ts, its row in the tests of --help.

export interface Output {
  readonly write: (text: string) => void;
  readonly isTty: boolean;
  /** Undefined when it is no terminal. */
  readonly columns: number | undefined;
}

/** The process as a subcommand sees it. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly stdout: Output;
  readonly stderr: Output;
  /**
   * Everything that is piped in; on a terminal one line, which is not shown. Rejects with a UsageError when it is far
   * too long for a token.
   */
  readonly readStdin: () => Promise<string>;
  readonly stdinIsTty: boolean;
  /** Regular files of a sensible size; throws when the file cannot be read. */
  readonly readFile: (path: string) => string;
  /** Calls back at the first SIGTERM or SIGINT; gives back how to stop listening. */
  readonly onStop: (listener: () => void) => () => void;
}
