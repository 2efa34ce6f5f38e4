import { ownerRemark } from "./file-owner.ts";
import { StoreError, type StoreErrorCode } from "../store-error.ts";

/** Another connection holds the lock that this one needs. */
export function isBusy(error: unknown): boolean {
  return sqliteResult(error) === 5;
}

export function wasMoved(path: string, cause?: unknown): StoreError {
  return new StoreError(
    "moved",
    `The database ${path} is no longer the file that wa-token opened: it was deleted, moved or replaced. New changes will be lost when wa-token stops. Stop wa-token, restore the right file, and start it again.`,
    { cause },
  );
}

/** SQLite keeps writing to the deleted file, and copies its content to the database when it closes. */
export function lostItsWal(path: string): StoreError {
  return new StoreError(
    "moved",
    `The file ${path}-wal, which belongs to the database, is no longer the file that wa-token opened: it was deleted, moved or replaced. Recent changes will be lost if wa-token is killed. Stop wa-token normally and start it again.`,
  );
}

/** An error of node:sqlite as a StoreError for the operator. Any other error unchanged. */
export function explainSqlite(error: unknown, path: string): unknown {
  const result = sqliteResult(error);
  if (error instanceof Error && "errcode" in error && error.errcode === MOVED) return wasMoved(path, error);
  const found = result === undefined ? undefined : BY_RESULT[result];
  return found === undefined
    ? error
    : new StoreError(found.code, `The database ${path} ${found.what}${remarkOn(found.code, path)}`, { cause: error });
}

interface Explanation {
  readonly code: StoreErrorCode;
  /** Comes after "The database <path> ". */
  readonly what: string;
}

/** By SQLite's primary result code ("Result and Error Codes", read 2026-11). */
const BY_RESULT: Readonly<Record<number, Explanation>> = {
  5: {
    code: "busy",
    what: "stayed locked by another program. Try again. If this continues, find the program that holds the lock.",
  },
  8: {
    code: "read_only",
    what: "cannot be written. Give the user that runs wa-token write access to the file and its folder, or set another path in DATABASE_URL.",
  },
  10: {
    code: "io",
    what: "cannot be read or written. The last change was not saved. Check the disk and its limits, then try again.",
  },
  11: {
    code: "corrupt",
    what: "is damaged. wa-token did not change it. Restore it from a backup, or move it away to start again.",
  },
  13: {
    code: "full",
    what: "has no disk space left. The last change was not saved; earlier data is intact. Free some disk space.",
  },
  14: {
    code: "cannot_open",
    what: "cannot be opened. Check that the folder exists and that the user that runs wa-token can write to it.",
  },
  26: {
    code: "corrupt",
    what: "is not an SQLite database, or is damaged. wa-token did not change it. Correct DATABASE_URL, restore a backup, or move the file away to start again.",
  },
};

/** SQLITE_READONLY_DBMOVED: SQLite itself noticed that the file is no longer at its path. */
const MOVED = 1032;

const PRIMARY = 0xff;

/** Undefined for errors that do not come from node:sqlite. */
function sqliteResult(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & PRIMARY
    : undefined;
}

function remarkOn(code: StoreErrorCode, path: string): string {
  return code === "read_only" || code === "cannot_open" ? ownerRemark(path) : "";
}
