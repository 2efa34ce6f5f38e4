import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";
import type { Unreadable } from "./unreadable.ts";

/** What every part of the store works with. */
export interface StoreBase {
  readonly db: Kysely<Schema>;
  readonly dialect: StoreDialect;
  readonly unreadable: Unreadable;
  /** The name under which this program takes rows now. */
  readonly leaseOwner: () => string;
}
