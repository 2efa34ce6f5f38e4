import { accessSync, constants, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";

/**
 * Which file or folder of somebody else keeps this program from its database, as one more sentence for an error; empty
 * when none does. SQLite and the file system say only that something is not allowed.
 */
export const ownerRemark = (databasePath: string): string => {
  const ours = ownUid();
  const files = ["", "-wal", "-shm", ".lock"].map((end) => ({ what: "file", path: databasePath + end }));
  for (const { what, path } of [...files, { what: "folder", path: nearestFolder(databasePath) }]) {
    const owner = forbiddenOwner(path);
    if (owner !== undefined && ours !== undefined && owner !== ours)
      return ` The ${what} ${path} belongs to ${uidText(owner)}, and wa-token runs as ${uidText(ours)}: change the owner (chown), or run wa-token as that user.`;
  }
  return "";
};

const uidText = (uid: number): string => (uid === 0 ? "uid 0 (root)" : `uid ${uid}`);

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** The owner of a path that this program may not read and write; undefined when it may, or another reason forbids it. */
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
    // Its folder may not be entered; then the folder is named.
    if (codeOf(error) !== "EACCES") throw error;
    return undefined;
  }
}

/** The folder of the database, or the nearest one above that can be seen. */
function nearestFolder(path: string): string {
  const folder = dirname(path);
  try {
    if (folder === path || statSync(folder, { throwIfNoEntry: false }) !== undefined) return folder;
  } catch (error) {
    if (codeOf(error) !== "EACCES") throw error;
  }
  return nearestFolder(folder);
}

/** Undefined on Windows. A user without an entry in the list of users, as containers have, is seen from its process. */
function ownUid(): number | undefined {
  try {
    const { uid } = userInfo();
    return uid < 0 ? undefined : uid;
  } catch (error) {
    if (codeOf(error) !== "ERR_SYSTEM_ERROR") throw error;
    return statSync("/proc/self", { throwIfNoEntry: false })?.uid;
  }
}
