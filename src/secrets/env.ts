import { readDotenv } from "./dotenv.ts";
import { readTextFile } from "./file.ts";
import { absent, type Reading } from "./reading.ts";

export interface Variables {
  /** The environment at process start, without the variables from .env. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined when there is no .env to read. */
  readonly dotenvPath: string | undefined;
}

/** `fixed`: the value comes from the process environment, which cannot change while the bot runs. */
export type VariableReading = Reading & { readonly fixed: boolean };

/**
 * Reads a variable from the file that `<name>_FILE` names, else from its own value. As at start, the process
 * environment takes precedence over .env, and an empty value counts as not set.
 */
export async function readVariable(variables: Variables, name: string): Promise<VariableReading> {
  const twin = `${name}_FILE`;
  const path = inEnvironment(variables, twin);
  if (path !== "") return readTwin(path, twin);
  const text = inEnvironment(variables, name);
  if (text !== "") return { ok: true, text, fixed: true };
  const { dotenvPath } = variables;
  const missing = absent(`it is not set. Set it, or ${twin}, or correct the source.`);
  if (dotenvPath === undefined) return { ...missing, fixed: false };
  const named = await readDotenv(dotenvPath, twin);
  if (named.ok) return readTwin(named.text, twin);
  const value = named.absent ? await readDotenv(dotenvPath, name) : named;
  if (value.ok) return { ...value, fixed: false };
  return value.absent
    ? { ...missing, fixed: false }
    : { ...value, problem: `${dotenvPath} cannot be used: ${value.problem}`, fixed: false };
}

function inEnvironment({ env }: Variables, name: string): string {
  return (Object.hasOwn(env, name) ? (env[name] ?? "") : "").trim();
}

async function readTwin(path: string, twin: string): Promise<VariableReading> {
  const reading = await readTextFile(path);
  if (reading.ok) return { ...reading, fixed: false };
  return { ...reading, problem: `the file ${path}, named by ${twin}, has a problem: ${reading.problem}`, fixed: false };
}
