import { parseEnv } from "node:util";
import { readTextFile } from "./file.ts";
import { absent, type Reading } from "./reading.ts";

/** One variable of a .env file, read anew; empty counts as not set. */
export const readDotenv = async (path: string, name: string): Promise<Reading> => {
  const file = await readTextFile(path);
  if (!file.ok) return { ...file, problem: `the file has a problem: ${file.problem}` };
  const variables = parseEnv(file.text);
  const text = Object.hasOwn(variables, name) ? (variables[name] ?? "").trim() : "";
  return text === ""
    ? absent("the variable is not set there. Add it to the file, or correct the name of the source.")
    : { ok: true, text };
};
