import { statSync } from "node:fs";

/** Tells a file from every other on this machine, whatever its name; undefined when there is none at the path. */
export const fileIdOf = (path: string): string | undefined => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
};
