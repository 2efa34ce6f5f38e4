// cli/ runs the subcommands and returns an exit code. It may import every other folder, app.ts, log.ts and commander.
// Subcommands get the process as an Io, so that tests need no child process. To add a subcommand: add a file with
// `add…` here, a line in program.ts, and a row in the tests of --help.

export interface Output {
  readonly write: (text: string) => void;
  readonly isTty: boolean;
  /** Undefined when the output is not a terminal, or when the terminal does not know its width. */
  readonly columns: number | undefined;
}

/** The parts of the process that subcommands use. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly stdout: Output;
  readonly stderr: Output;
  /**
   * Reads all piped input, or one hidden line from a terminal. Rejects with a UsageError when the input is too long for
   * a token.
   */
  readonly readStdin: () => Promise<string>;
  readonly stdinIsTty: boolean;
  /** Reads a regular file of limited size; throws when the file cannot be read. */
  readonly readFile: (path: string) => string;
  /** Replaces a file that only its owner can read; throws an error with the system's `code`. */
  readonly writeFile: (path: string, text: string) => void;
  /** The terminal for questions. Undefined when a person cannot read the questions or type the answers. */
  readonly terminal: Terminal | undefined;
  /** Calls the listener at the first signal to stop. Returns a function that removes the listener. */
  readonly onStop: (listener: () => void) => () => void;
}

/** The two directions of a terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}
