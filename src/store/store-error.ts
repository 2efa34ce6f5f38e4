/** What went wrong, by who can correct it. */
export type StoreErrorCode =
  /** Another bot runs on this database. */
  | "in_use"
  /** Another program holds the database longer than we wait, or it has no connection left for us. */
  | "busy"
  /** The folder or file cannot be made or opened. */
  | "cannot_open"
  /** The server does not answer, or the connection to it was lost. */
  | "unreachable"
  /** The server answers, but not to us: credentials, rights, TLS, or no such database. */
  | "refused"
  | "read_only"
  /** The file is no longer where it was opened: it was deleted, moved or replaced. */
  | "moved"
  | "full"
  | "io"
  /** Damaged, or not a database of ours. */
  | "corrupt"
  /** Made by a newer version of wa-token. */
  | "newer_schema";

/** The store could not do its work; nothing of the failed step was saved. The message is for the operator. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const SAVES_REFUSED: readonly StoreErrorCode[] = ["full", "read_only", "io", "cannot_open"];

/** The database is there and takes no change: its disk is full, broken or read-only. */
export const refusesSaves = (error: unknown): error is StoreError =>
  error instanceof StoreError && SAVES_REFUSED.includes(error.code);
