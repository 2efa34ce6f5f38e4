import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { basename, delimiter, join } from "node:path";
import { systemCode } from "./reading.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Why the system cannot run a file, by its first line: the rest of a sentence that begins with "it". Undefined when that
 * line is well, or the command is no file that can be read.
 * @param started it ran and failed, so that only a script's first line can be to blame
 */
export const scriptProblem = async (
  command: string,
  env: Environment,
  started: boolean,
): Promise<string | undefined> => {
  const path = await find(command, env);
  if (path === undefined || !(await isRunnable(path))) return undefined;
  const start = await startOf(path);
  if (start === undefined) return undefined;
  if (PROGRAMS.some((magic) => start.startsWith(magic))) return started ? undefined : FOREIGN;
  if (start.startsWith(BYTE_ORDER_MARK)) return MARKED;
  if (!start.startsWith("#!")) return NO_LINE;
  const [line = ""] = start.slice(2).split("\n");
  if (line.endsWith("\r")) return WINDOWS;
  const [interpreter, ...words] = line.trim().split(/\s+/);
  if (interpreter === undefined || interpreter === "")
    return "has a #! line that names no program. Write for example #!/bin/sh.";
  if (!(await isRunnable(interpreter))) return unusable(interpreter);
  const named = basename(interpreter) === "env" ? words.find((word) => !/^-|=/.test(word)) : undefined;
  return named !== undefined && (await find(named, env)) === undefined ? unusable(named) : undefined;
};

/** The longest line that Linux reads is 256 bytes. */
const START_BYTES = 256;

const BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

/** What programs begin with: ELF, Mach-O in its kinds, Windows. */
const PROGRAMS = ["\u007fELF", "\u00ca\u00fe\u00ba\u00be", "\u00cf\u00fa\u00ed\u00fe", "\u00fe\u00ed\u00fa", "MZ"];

const FOREIGN =
  "is a program that this system cannot start: it was built for another one, or a part that it needs is missing.";

const NO_LINE =
  "has no #! line at its very beginning, so the system does not know what runs it. Make its first line for example #!/bin/sh.";

const MARKED =
  "begins with a byte order mark, which hides its #! line from the system. Save it as UTF-8 without a mark.";

const WINDOWS =
  "has a #! line with a Windows line end (CRLF), which the system takes for a part of the program's name. Save it with Unix line ends (LF).";

function unusable(program: string): string {
  const name = /^[\w./+-]{1,100}$/.test(program) ? program : "a program";
  return `has a #! line that names ${name}, which is not there or may not be run. Install it, or correct the line.`;
}

/** A name without a slash is looked up on PATH, as the system does. */
async function find(command: string, env: Environment): Promise<string | undefined> {
  if (command.includes("/")) return command;
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, command);
    if (await isRunnable(path)) return path;
  }
  return undefined;
}

async function isRunnable(path: string): Promise<boolean> {
  return ofFile(async () => {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  }, false);
}

async function startOf(path: string): Promise<string | undefined> {
  return ofFile(async () => {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.toString("latin1", 0, bytesRead);
  }, undefined);
}

/** What a file tells, or the other value when the system does not let us ask. */
async function ofFile<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return otherwise;
  }
}
