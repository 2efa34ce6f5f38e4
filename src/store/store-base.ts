import type { Kysely } from "kysely";
import type { Alert } from "../watch/alert.ts";
import type { Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";
import type { Unreadable } from "./unreadable.ts";

/**
 * What alerts of one group share, as text; null for an alert that is told on its own. A rule of watch/, which is not
 * ours to import: whoever opens the store passes it in.
 */
export type CauseOf = (alert: Alert) => string | null;

/** What every part of the store works with. */
export interface StoreBase {
  readonly db: Kysely<Schema>;
  readonly dialect: StoreDialect;
  readonly causeOf: CauseOf;
  readonly unreadable: Unreadable;
  /** The name under which this program takes rows now. */
  readonly leaseOwner: () => string;
}
