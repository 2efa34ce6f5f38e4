import { DatabaseSync } from "node:sqlite";
import { fileIdOf } from "./file-id.ts";
import { makeFile, makeFolder } from "./sqlite-file.ts";
import { isBusy } from "./sqlite-errors.ts";
import { StoreError } from "./store-error.ts";

export interface Lock {
  /**
   * Locks the path again when the file there is another one by now: somebody deleted it, or its folder. Throws a
   * StoreError when another bot was faster.
   */
  readonly renew: () => void;
  readonly release: () => void;
}

/**
 * Keeps a second bot off a database for as long as this process lives: a write transaction that is never ended, on an
 * empty SQLite file beside it. The operating system frees it however the process dies; the file stays and means
 * nothing by itself. Throws a StoreError when another holds it.
 */
export const acquireLock = (databasePath: string): Lock => {
  const path = `${databasePath}.lock`;
  const held = [hold(path, databasePath)];
  let fileId = fileIdOf(path);
  return {
    renew: () => {
      if (fileIdOf(path) === fileId) return;
      makeFolder(databasePath);
      // The old one is kept: closing it frees nothing that anybody else could take.
      held.push(hold(path, databasePath));
      fileId = fileIdOf(path);
    },
    release: () => {
      for (const one of held) if (one.isOpen) one.close();
    },
  };
};

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
