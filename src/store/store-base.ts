import type { Kysely } from "kysely";
import type { Schema } from "./tables/schema.ts";
import type { StoreDialect } from "./store-dialect.ts";
import type { Unreadable } from "./tables/unreadable.ts";

/** Shared dependencies of all parts of the store. */
export interface StoreBase {
  readonly db: Kysely<Schema>;
  readonly dialect: StoreDialect;
  readonly unreadable: Unreadable;
  /** The ID under which this program claims rows. */
  readonly leaseOwner: () => string;
}
