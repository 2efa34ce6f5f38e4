import { closeSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ownerRemark } from "./file-owner.ts";
import { makeFolders, realPathOf } from "./real-path.ts";
import { BUSY_TIMEOUT_MS } from "./busy.ts";
import { StoreError } from "../store-error.ts";

/** The error for a path where the file system does not allow a new database. */
export function refused(path: string, cause: unknown): StoreError {
  const code = codeOf(cause);
  const readOnly = code === "EACCES" || code === "EPERM" || code === "EROFS";
  return new StoreError(
    readOnly ? "read_only" : "cannot_open",
    `The database ${path} cannot be created (${code ?? "unknown error"}). Give the user that runs wa-token write access to its folder, or set another path in DATABASE_URL.${ownerRemark(path)}`,
    { cause },
  );
}

/**
 * Creates a file that only its owner can read, unless it exists. Never opens an existing file: on POSIX, closing a
 * second descriptor would drop this process's locks on it ("How To Corrupt An SQLite Database File", read 2026-11).
 */
export function makeFile(path: string, databasePath: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw refused(databasePath, error);
  }
}

export function isAFolder(path: string): StoreError {
  return new StoreError(
    "cannot_open",
    `The database ${path} is a folder. Set DATABASE_URL to a file, for example sqlite:${path}/wa-token.db.`,
  );
}

/** The real path of a database, with all symbolic links resolved. */
export function placeOf(path: string): string {
  try {
    return realPathOf(resolve(path));
  } catch (error) {
    throw refused(path, error);
  }
}

/** Creates the folder of a database, readable by its owner only, unless it exists. */
export function makeFolder(path: string): void {
  let isFolder: boolean;
  try {
    makeFolders(dirname(path));
    isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    throw refused(path, error);
  }
  if (isFolder) throw isAFolder(path);
}

/** Throws when a file is too short to be a database. SQLite would accept it. */
export function refuseFragment(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < SHORTEST_BYTES) throw notADatabase(path);
}

/** Reads the whole database and throws when it is damaged. */
export function refuseDamaged(database: DatabaseSync, path: string): void {
  const damage = database.prepare("pragma quick_check(1)").get();
  if (damage !== undefined && damage["quick_check"] !== "ok") throw notADatabase(path);
}

/** Opens a database file. With `check`, reads all of it first and refuses a damaged one. Throws the error of SQLite. */
export function openDatabase(path: string, check: boolean): DatabaseSync {
  refuseFragment(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // FULL: committed changes survive a power failure too.
    database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma trusted_schema = off;");
    if (check) refuseDamaged(database, path);
    // From here on, sqlite-busy.ts waits without blocking the thread.
    database.exec("pragma busy_timeout = 0");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The length of SQLite's header. SQLite treats a shorter file as empty, and would overwrite a file of one byte. */
const SHORTEST_BYTES = 100;

function notADatabase(path: string): StoreError {
  return new StoreError(
    "corrupt",
    `The database ${path} is not an SQLite database, or is damaged. wa-token did not change it. Correct DATABASE_URL, restore a backup, or move the file away to start anew.`,
  );
}
