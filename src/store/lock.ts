import { DatabaseSync } from "node:sqlite";
import { makeFile } from "./sqlite-file.ts";
import { isBusy } from "./sqlite-errors.ts";
import { StoreError } from "./store-error.ts";

export interface Lock {
  readonly release: () => void;
}

/**
 * Keeps a second bot off a database for as long as this process lives: a write transaction that is never ended, on an
 * empty SQLite file beside it. The operating system frees it however the process dies; the file stays and means
 * nothing by itself. Throws a StoreError when another holds it.
 */
export const acquireLock = (databasePath: string): Lock => {
  const path = `${databasePath}.lock`;
  makeFile(path, databasePath);
  const held = new DatabaseSync(path, { timeout: 0 });
  try {
    held.exec("begin immediate");
  } catch (error) {
    held.close();
    if (!isBusy(error)) throw error;
    throw new StoreError(
      "in_use",
      `Another wa-token already runs on the database ${databasePath}. Stop it first, or give this one its own DATABASE_URL.`,
      { cause: error },
    );
  }
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
};
