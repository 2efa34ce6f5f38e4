import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { type ConfigResult, loadConfig } from "../config/load.ts";
import { inTableOrder, type Problem } from "../config/problem.ts";
import { cannotBeRead } from "../config/secret-files.ts";
import { requireFor, type Subcommand } from "../config/requirements.ts";
import { scheduleProblem } from "../watch/scheduler.ts";
import { UsageError, withoutLongWords } from "./errors.ts";
import type { Io } from "./io.ts";

export function dotenvPathOf(io: Pick<Io, "cwd">): string {
  return join(io.cwd, DOTENV);
}

/** The file name. Problems with the file have this name, too. */
export const DOTENV = ".env";

/** Reads the configuration of this process: its environment, the `.env` of its folder, and the files that they name. */
export async function readConfiguration(io: Io): Promise<ConfigResult> {
  const dotenv = readDotenv(io);
  const result = await loadConfig({
    env: io.env,
    dotenv: "values" in dotenv ? dotenv.values : undefined,
    readFile: (path) => io.readFile(resolve(io.cwd, path)),
  });
  if (!("problem" in dotenv))
    return { ...result, warnings: [...result.warnings, ...dotenv.commented.map(commentedOut)] };
  return result.ok
    ? { ok: false, problems: [dotenv.problem], usable: result.config, warnings: result.warnings }
    : { ...result, problems: [dotenv.problem, ...result.problems] };
}

export type Checked = ConfigResult & { readonly ok: true };

/** Writes each warning to the log, because a running bot has no other output. */
export function logWarnings({ warnings }: Checked, log: Pick<Logger, "warn">): void {
  for (const { name, message } of warnings) log.warn({ variable: name, problem: message }, "check the configuration");
}

/** All problems that stop a subcommand: wrong values and missing variables. */
export function problemsFor(command: Subcommand, result: ConfigResult): readonly Problem[] {
  const { problems, config } = result.ok
    ? { problems: [], config: result.config }
    : { problems: result.problems, config: result.usable };
  // An unreadable .env may set the missing variables, so they are not reported.
  if (problems.some(({ name }) => name === DOTENV)) return problems;
  return inTableOrder([
    ...problems,
    ...requireFor(command, config, problems),
    ...(command === "run" || command === "forecast" ? scheduleProblems(config) : []),
  ]);
}

/** Returns the configuration for a subcommand; throws a UsageError that lists all problems. */
export async function configurationFor(command: Subcommand, io: Io): Promise<Config> {
  return (await checkedFor(command, io)).config;
}

/** Like `configurationFor`, but also returns the warnings, for a subcommand that writes a log. */
export async function checkedFor(command: Subcommand, io: Io): Promise<Checked> {
  const result = await readConfiguration(io);
  const problems = problemsFor(command, result);
  if (!result.ok || problems.length > 0) throw new UsageError(problemsText(problems));
  return result;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

export type Dotenv =
  /** `commented`: variables whose value begins with #, which starts a comment. */
  | { readonly values: Readonly<Record<string, string>> | undefined; readonly commented: readonly string[] }
  | { readonly problem: Problem };

/** A channel's name is the usual value that begins with #. */
function commentedOut(name: string): Problem {
  return {
    name,
    message: `${name} is empty, because # starts a comment in .env. For a channel, use its ID, such as C0123456789, not its name.`,
  };
}

const COMMENTED = /^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*#[^\s#]/gm;

export function readDotenv(io: Pick<Io, "cwd" | "readFile">): Dotenv {
  try {
    const text = io.readFile(dotenvPathOf(io));
    const entries = Object.entries(parseEnv(text));
    return {
      values: Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""])),
      commented: [...text.matchAll(COMMENTED)].flatMap(([, name]) => name ?? []),
    };
  } catch (error) {
    if (isMissing(error)) return { values: undefined, commented: [] };
    return {
      problem: {
        name: DOTENV,
        message: `.env exists but ${cannotBeRead(error, "Check that it is a text file, and check its permissions.")}`,
      },
    };
  }
}

export function problemsText(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return [`The configuration has ${count}:`, ...problems.map(({ message }) => `  ${message}`)].join("\n");
}

/** Finds the problems that only the cron library can find. */
function scheduleProblems({ schedule, digestSchedule, timezone }: Config): readonly Problem[] {
  const unusable = (name: string, expression: string | undefined, example: string): readonly Problem[] => {
    const problem = expression === undefined ? undefined : scheduleProblem(expression, timezone);
    if (problem === undefined) return [];
    return [{ name, message: `${name} cannot be used (${withoutLongWords(problem)}). Use for example ${example}.` }];
  };
  return [
    ...unusable("SCHEDULE", schedule, "* * * * *"),
    ...unusable("DIGEST_SCHEDULE", digestSchedule, "0 9 * * mon"),
  ];
}
