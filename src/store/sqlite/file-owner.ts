import { accessSync, constants, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";

/**
 * One more sentence for an error, when another user owns a file or folder that the database needs. Otherwise empty. The
 * errors of SQLite and of the file system do not name the owner.
 */
export function ownerRemark(databasePath: string): string {
  const ours = ownUid();
  const files = ["", "-wal", "-shm", ".lock"].map((end) => ({ what: "file", path: databasePath + end }));
  for (const { what, path } of [...files, { what: "folder", path: nearestFolder(databasePath) }]) {
    const owner = forbiddenOwner(path);
    if (owner !== undefined && ours !== undefined && owner !== ours)
      return ` The ${what} ${path} belongs to ${uidText(owner)}, but wa-token runs as ${uidText(ours)}. Change the owner with chown, or run wa-token as that user.`;
  }
  return "";
}

function uidText(uid: number): string {
  return uid === 0 ? "uid 0 (root)" : `uid ${uid}`;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/**
 * The user ID of the owner, when this program has no permission to read or write the path. Undefined when it has the
 * permission, and when the path fails for another reason.
 */
function forbiddenOwner(path: string): number | undefined {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    if (codeOf(error) !== "EACCES") return undefined;
  }
  try {
    return statSync(path, { throwIfNoEntry: false })?.uid;
  } catch (error) {
    // This program may not open the folder of this path. A later check of the folder reports its owner.
    if (codeOf(error) !== "EACCES") throw error;
    return undefined;
  }
}

/** The folder of the database, or the nearest parent that this program can see. */
function nearestFolder(path: string): string {
  const folder = dirname(path);
  try {
    if (folder === path || statSync(folder, { throwIfNoEntry: false }) !== undefined) return folder;
  } catch (error) {
    if (codeOf(error) !== "EACCES") throw error;
  }
  return nearestFolder(folder);
}

/**
 * The user ID of this process; undefined on Windows. In a container, the user often has no entry in the user list. Then
 * the owner of /proc/self is the answer.
 */
function ownUid(): number | undefined {
  try {
    const { uid } = userInfo();
    return uid < 0 ? undefined : uid;
  } catch (error) {
    if (codeOf(error) !== "ERR_SYSTEM_ERROR") throw error;
    return statSync("/proc/self", { throwIfNoEntry: false })?.uid;
  }
}
