import { variableIn } from "./expand.ts";
import { readTextFile } from "./file.ts";
import type { Reading } from "./reading.ts";

/** Reads one variable of a .env file. An empty value counts as not set. */
export async function readDotenv(path: string, name: string): Promise<Reading> {
  const file = await readTextFile(path);
  return file.ok ? variableIn(file.text, name) : { ...file, problem: `the file has a problem: ${file.problem}` };
}
