import { closeSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ownerRemark } from "./file-owner.ts";
import { makeFolders, realPathOf } from "./real-path.ts";
import { BUSY_TIMEOUT_MS } from "./sqlite-busy.ts";
import { StoreError } from "./store-error.ts";

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** The file system does not let a database be made there. */
export const refused = (path: string, cause: unknown): StoreError => {
  const code = codeOf(cause);
  const readOnly = code === "EACCES" || code === "EPERM" || code === "EROFS";
  return new StoreError(
    readOnly ? "read_only" : "cannot_open",
    `The database ${path} cannot be made (${code ?? "unknown error"}). Let the user that runs wa-token write its folder, or choose another place with DATABASE_URL.${ownerRemark(path)}`,
    { cause },
  );
};

/**
 * Makes a file that only its owner may read, unless it is there. Never opens one that is: on POSIX, closing a second
 * descriptor would drop the locks that this process holds on it ("How To Corrupt An SQLite Database File", read 2026-11).
 */
export const makeFile = (path: string, databasePath: string): void => {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw refused(databasePath, error);
  }
};

export const isAFolder = (path: string): StoreError =>
  new StoreError(
    "cannot_open",
    `The database ${path} is a folder. Name a file in DATABASE_URL, for example sqlite:${path}/wa-token.db.`,
  );

/** Where a database really is or will be, whatever links lead there. */
export const placeOf = (path: string): string => {
  try {
    return realPathOf(resolve(path));
  } catch (error) {
    throw refused(path, error);
  }
};

/** Makes the folder of a database, readable by its owner only, unless it is there. */
export const makeFolder = (path: string): void => {
  let isFolder: boolean;
  try {
    makeFolders(dirname(path));
    isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    throw refused(path, error);
  }
  if (isFolder) throw isAFolder(path);
};

/** SQLite's header is longer; what is shorter it takes for an empty file, and one byte it would even write over. */
const SHORTEST_BYTES = 100;

const notADatabase = (path: string): StoreError =>
  new StoreError(
    "corrupt",
    `The database ${path} is not an SQLite database, or is damaged. It was left as it is. Correct DATABASE_URL, restore a backup, or move the file away to start anew.`,
  );

/** Throws when a file is too short to be a database, which SQLite would not mind. */
export const refuseFragment = (path: string): void => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < SHORTEST_BYTES) throw notADatabase(path);
};

/** Throws when a database is damaged; reads all of it. */
export const refuseDamaged = (database: DatabaseSync, path: string): void => {
  const damage = database.prepare("pragma quick_check(1)").get();
  if (damage !== undefined && damage["quick_check"] !== "ok") throw notADatabase(path);
};

/** Opens a database file; with `check`, reads all of it first and refuses a damaged one. Throws what SQLite throws. */
export const openDatabase = (path: string, check: boolean): DatabaseSync => {
  refuseFragment(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // FULL: what was acknowledged survives a power cut too.
    database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma trusted_schema = off;");
    if (check) refuseDamaged(database, path);
    // From here on waiting is up to the dialect, which does not stop the thread.
    database.exec("pragma busy_timeout = 0");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};
