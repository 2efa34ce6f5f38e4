import { ownerRemark } from "./file-owner.ts";
import { StoreError, type StoreErrorCode } from "./store-error.ts";

interface Explanation {
  readonly code: StoreErrorCode;
  /** Follows "The database <path> ". */
  readonly what: string;
}

/** By SQLite's primary result code ("Result and Error Codes", read 2026-11). */
const BY_RESULT: Readonly<Record<number, Explanation>> = {
  5: {
    code: "busy",
    what: "stayed locked by another program. Try again; if it lasts, find the program that holds it.",
  },
  8: {
    code: "read_only",
    what: "cannot be written. Let the user that runs wa-token write the file and its folder, or choose another place with DATABASE_URL.",
  },
  10: {
    code: "io",
    what: "could not be read or written. The last change was not saved. Check the disk and its limits, then try again.",
  },
  11: {
    code: "corrupt",
    what: "is damaged. It was left as it is. Restore it from a backup, or move it away to start anew.",
  },
  13: {
    code: "full",
    what: "has no room left on its disk. The last change was not saved, what was there before is intact. Free some space.",
  },
  14: {
    code: "cannot_open",
    what: "cannot be opened. Check that the folder exists and that the user that runs wa-token may write there.",
  },
  26: {
    code: "corrupt",
    what: "is not an SQLite database, or is damaged. It was left as it is. Correct DATABASE_URL, restore a backup, or move the file away to start anew.",
  },
};

/** SQLITE_READONLY_DBMOVED: SQLite found by itself that the file is no longer where it was opened. */
const MOVED = 1032;

const PRIMARY = 0xff;

/** Undefined for an error that is not of node:sqlite. */
const sqliteResult = (error: unknown): number | undefined =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & PRIMARY
    : undefined;

/** Another connection holds the lock that this one needs. */
export const isBusy = (error: unknown): boolean => sqliteResult(error) === 5;

export const wasMoved = (path: string, cause?: unknown): StoreError =>
  new StoreError(
    "moved",
    `The database ${path} is no longer the file that wa-token opened: it was deleted, moved or replaced. What is saved now is lost at the end. Stop wa-token, put the right file there, and start it again.`,
    { cause },
  );

/** SQLite writes on into the file that has no name any more, and moves its content to the database when it closes. */
export const lostItsWal = (path: string): StoreError =>
  new StoreError(
    "moved",
    `The file ${path}-wal, which belongs to the database, is no longer the one that wa-token opened: it was deleted, moved or replaced. What was saved lately is lost if wa-token is killed. Stop wa-token, and start it again.`,
  );

const remarkOn = (code: StoreErrorCode, path: string): string =>
  code === "read_only" || code === "cannot_open" ? ownerRemark(path) : "";

/** An error of node:sqlite in the operator's words; any other error as it is. */
export const explainSqlite = (error: unknown, path: string): unknown => {
  const result = sqliteResult(error);
  if (error instanceof Error && "errcode" in error && error.errcode === MOVED) return wasMoved(path, error);
  const found = result === undefined ? undefined : BY_RESULT[result];
  return found === undefined
    ? error
    : new StoreError(found.code, `The database ${path} ${found.what}${remarkOn(found.code, path)}`, { cause: error });
};
