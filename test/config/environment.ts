import type { Config } from "../../src/config/config.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { Problem } from "../../src/config/problem.ts";

export type Files = Readonly<Record<string, string>>;

const reader =
  (files: Files) =>
  (path: string): string => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: "ENOENT" });
    return text;
  };

/** Loads a configuration from literal variables and files. */
export const load = (
  env: Readonly<Record<string, string>>,
  files: Files = {},
  dotenv: Readonly<Record<string, string>> = {},
) => loadConfig({ env, dotenv, readFile: reader(files) });

/** The configuration, for an environment that is right. */
export const configOf = async (...input: Parameters<typeof load>): Promise<Config> => {
  const result = await load(...input);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("\n"));
  return result.config;
};

/** The problems, for an environment that is wrong; empty when it is right. */
export const problemsOf = async (...input: Parameters<typeof load>): Promise<readonly Problem[]> => {
  const result = await load(...input);
  return result.ok ? [] : result.problems;
};
