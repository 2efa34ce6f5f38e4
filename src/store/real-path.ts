import { lstatSync, mkdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/**
 * Makes a folder and those above it, each readable by its owner only, unless they are there. Step by step, because
 * mkdir's `recursive` never returns below /proc (Node 26.10; tried 2026-11). Throws what the file system says.
 */
export const makeFolders = (folder: string): void => {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, 0o700);
  } catch (error) {
    // Another program that starts in this moment made it.
    if (codeOf(error) !== "EEXIST") throw error;
  }
};

/**
 * The one name of a file, however many links lead to it, so that its lock has one name as well. The file need not be
 * there, also not at the end of a link. Throws what the file system says.
 */
export const realPathOf = (path: string): string => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    const folder = dirname(path);
    return folder === path ? path : join(realPathOf(folder), basename(path));
  }
  // A link to nothing yet: realpath would refuse it, SQLite makes the file at its end.
  if (found.isSymbolicLink() && statSync(path, { throwIfNoEntry: false }) === undefined)
    return realPathOf(resolve(dirname(path), readlinkSync(path)));
  return realpathSync(path);
};
