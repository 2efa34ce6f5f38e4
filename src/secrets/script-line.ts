import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { basename, delimiter, join } from "node:path";
import { systemCode } from "./reading.ts";

/**
 * Explains from a file's first line why the system cannot run the file. Returns the rest of a sentence that begins with
 * "it". Returns undefined when the line is correct or the file cannot be read.
 * @param started true when the command started and failed later; then only the first line of a script can be the reason
 */
export async function scriptProblem(command: string, env: Environment, started: boolean): Promise<string | undefined> {
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
}

/** Looks up a program as a start does, and returns the code with which the start would fail. */
export async function lookUp(command: string, env: Environment): Promise<"ENOENT" | "EACCES" | undefined> {
  const path = await find(command, env);
  if (path === undefined) return "ENOENT";
  if (await isRunnable(path)) return undefined;
  return (await ofFile(async () => (await stat(path)).isFile(), false)) ? "EACCES" : "ENOENT";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Linux reads at most 256 bytes of the #! line. */
const START_BYTES = 256;

const BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

/** The first bytes of binary programs: ELF, the variants of Mach-O, and Windows. */
const PROGRAMS = ["\u007fELF", "\u00ca\u00fe\u00ba\u00be", "\u00cf\u00fa\u00ed\u00fe", "\u00fe\u00ed\u00fa", "MZ"];

const FOREIGN =
  "is a program that this system cannot start: it was built for another system, or a library that it needs is missing.";

const NO_LINE =
  "has no #! line at its beginning, so the system does not know how to run it. Begin it with a line such as #!/bin/sh.";

const MARKED =
  "begins with a byte order mark, which hides its #! line from the system. Save it as UTF-8 without a byte order mark.";

/** With these problems, the C library lets /bin/sh run the file, which may work. */
export const RUN_BY_SHELL: ReadonlySet<string> = new Set([NO_LINE, MARKED]);

const WINDOWS =
  "has a #! line with a Windows line ending (CRLF), and the system reads it as part of the program's name. Save it with Unix line endings (LF).";

function unusable(program: string): string {
  const name = /^[\w./+-]{1,100}$/.test(program) ? program : "a program";
  return `has a #! line that names ${name}, but that program is missing or not executable. Install it, or correct the line.`;
}

/** Looks up a name without a slash on PATH, as the system does. */
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

/** Returns the result of `ask`, or `otherwise` when the system gives no access to the file. */
async function ofFile<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return otherwise;
  }
}
