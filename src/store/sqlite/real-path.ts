import { lstatSync, mkdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Creates a folder and its missing parents, each readable by its owner only. It works step by step, because mkdir's
 * `recursive` never returns below /proc (Node 26.10; tried 2026-11). Throws the error of the file system.
 */
export function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  makeFolders(dirname(folder));
  try {
    mkdirSync(folder, 0o700);
  } catch (error) {
    // Another program that starts at this moment created it.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/**
 * The real path of a file behind any symbolic links, so that every path to a database leads to one lock. The file may
 * be missing, also as the target of a link. Throws the error of the file system.
 */
export function realPathOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    const folder = dirname(path);
    return folder === path ? path : join(realPathOf(folder), basename(path));
  }
  // A link to a missing file: realpath would reject it, but SQLite creates the file at its target.
  if (found.isSymbolicLink() && statSync(path, { throwIfNoEntry: false }) === undefined)
    return realPathOf(resolve(dirname(path), readlinkSync(path)));
  return realpathSync(path);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
