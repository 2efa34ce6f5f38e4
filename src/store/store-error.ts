/** The kinds of errors. */
export type StoreErrorCode =
  /** Another bot runs on this database. */
  | "in_use"
  /** Another program holds the database for too long, or the database has no free connection. */
  | "busy"
  /** The folder or file cannot be created or opened. */
  | "cannot_open"
  /** The server does not answer, or the connection was lost. */
  | "unreachable"
  /** The server refuses wa-token: wrong credentials or TLS, missing permissions, or no such database. */
  | "refused"
  | "read_only"
  /** The file left its path: it was deleted, moved or replaced. */
  | "moved"
  | "full"
  | "io"
  /** Damaged, or not a database of wa-token. */
  | "corrupt"
  /** A newer version of wa-token upgraded it. */
  | "newer_schema";

/**
 * The store failed. It saved nothing of the failed step, unless the connection was lost during the commit. The message
 * is for the operator.
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** True when the database can be read but refuses changes: its disk is full, broken or read-only. */
export function refusesSaves(error: unknown): error is StoreError {
  return error instanceof StoreError && SAVES_REFUSED.includes(error.code);
}

const SAVES_REFUSED: readonly StoreErrorCode[] = ["full", "read_only", "io", "cannot_open"];
