import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Config } from "../config/config.ts";
import { type ConfigResult, loadConfig } from "../config/load.ts";
import type { Problem } from "../config/problem.ts";
import { requireFor, type Subcommand } from "../config/requirements.ts";
import { UsageError, withoutLongWords } from "./errors.ts";
import type { Io } from "./io.ts";

export const dotenvPathOf = (io: Pick<Io, "cwd">): string => join(io.cwd, ".env");

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

type Dotenv = { readonly values: Readonly<Record<string, string>> } | { readonly problem: Problem };

const readDotenv = (io: Io): Dotenv => {
  try {
    const entries = Object.entries(parseEnv(io.readFile(dotenvPathOf(io))));
    return { values: Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""])) };
  } catch (error) {
    if (isMissing(error)) return { values: {} };
    return { problem: { name: ".env", message: ".env is there but cannot be read. Check its permissions." } };
  }
};

/** The configuration of this process: its environment, the `.env` of its folder, and the files they name. */
export const readConfiguration = async (io: Io): Promise<ConfigResult> => {
  const dotenv = readDotenv(io);
  const result = await loadConfig({
    env: io.env,
    dotenv: "values" in dotenv ? dotenv.values : {},
    readFile: (path) => io.readFile(resolve(io.cwd, path)),
  });
  if (!("problem" in dotenv)) return result;
  return { ok: false, problems: [dotenv.problem, ...(result.ok ? [] : result.problems)] };
};

const problemsText = (problems: readonly Problem[]): string => {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  return [`The configuration has ${count}:`, ...problems.map(({ message }) => `  ${message}`)].join("\n");
};

/** What only the scheduler's library can tell about SCHEDULE; loaded for the commands that care. */
const scheduleProblems = async ({ schedule, timezone }: Config): Promise<readonly Problem[]> => {
  const { scheduleProblem } = await import("../watch/scheduler.ts");
  const problem = scheduleProblem(schedule, timezone);
  return problem === undefined
    ? []
    : [
        {
          name: "SCHEDULE",
          message: `SCHEDULE cannot be used (${withoutLongWords(problem)}). Write for example * * * * *.`,
        },
      ];
};

/** Everything that keeps the bot from running although the configuration is valid. */
export const runProblems = async (config: Config): Promise<readonly Problem[]> => [
  ...requireFor("run", config),
  ...(await scheduleProblems(config)),
];

/** The configuration that a subcommand can work with; throws a UsageError that lists every problem at once. */
export const configurationFor = async (command: Subcommand, io: Io): Promise<Config> => {
  const result = await readConfiguration(io);
  if (!result.ok) throw new UsageError(problemsText(result.problems));
  const lacking = command === "run" ? await runProblems(result.config) : requireFor(command, result.config);
  if (lacking.length > 0) throw new UsageError(problemsText(lacking));
  return result.config;
};
