import { statSync } from "node:fs";

/** Identifies a file on this machine, whatever its path. Undefined when the path has no file. */
export function fileIdOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}
