import { closeSync, fsyncSync, mkdirSync, openSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Replaces a file so that only its owner can read it (0600). Other programs see the old or the new text, never a part
 * of it. Creates a missing folder, also for the owner only. Follows a symbolic link instead of replacing it. Throws an error with the system's `code`.
 */
export function writePrivateFile(path: string, text: string): void {
  const target = targetOf(path);
  const unfinished = `${target}.new`;
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  // A file from an interrupted write could have other permissions.
  rmSync(unfinished, { force: true });
  try {
    const file = openSync(unfinished, "wx", OWNER_ONLY);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

const OWNER_ONLY = 0o600;

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
