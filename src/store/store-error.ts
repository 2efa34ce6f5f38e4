/** What went wrong, by who can mend it. */
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
