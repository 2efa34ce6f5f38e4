import { DatabaseSync } from "node:sqlite";
import { fileIdOf } from "./file-id.ts";
import { makeFile, makeFolder } from "./file.ts";
import { isBusy } from "./errors.ts";
import { StoreError } from "../store-error.ts";

export interface Lock {
  /**
   * Locks the path again when somebody deleted or replaced the lock file or its folder. Throws a StoreError when
   * another bot was faster.
   */
  readonly renew: () => void;
  readonly release: () => void;
}

/**
 * Keeps a second bot off a database while this process runs. The lock is an open write transaction on an empty SQLite
 * file next to the database. The operating system releases the lock when the process ends, even after a crash. The
 * remaining file locks nothing. Throws a StoreError when another process holds the lock.
 */
export function acquireLock(databasePath: string): Lock {
  const path = `${databasePath}.lock`;
  const held = [hold(path, databasePath)];
  let fileId = fileIdOf(path);
  return {
    renew: () => {
      if (fileIdOf(path) === fileId) return;
      makeFolder(databasePath);
      // The old lock stays open until the release. Its file is no longer at the path, so no other bot needs it.
      held.push(hold(path, databasePath));
      fileId = fileIdOf(path);
    },
    release: () => {
      for (const one of held) if (one.isOpen) one.close();
    },
  };
}

function hold(path: string, databasePath: string): DatabaseSync {
  makeFile(path, databasePath);
  const held = new DatabaseSync(path, { timeout: 0 });
  try {
    held.exec("begin immediate");
    return held;
  } catch (error) {
    held.close();
    if (!isBusy(error)) throw error;
    throw new StoreError(
      "in_use",
      `Another wa-token already runs on the database ${databasePath}. Stop it first, or give this one its own DATABASE_URL.`,
      { cause: error },
    );
  }
}
