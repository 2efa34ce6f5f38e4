import type { Kysely } from "kysely";
import type { WatchRecord } from "../watch/ports.ts";
import { createUnreadable } from "./tables/unreadable.ts";
import type { Schema } from "./tables/schema.ts";
import { createRecords } from "./watches/records.ts";

/** The watches of a store that was read without changing it. */
export type StoredRecords =
  | { readonly kind: "missing" }
  /** It has no tables, or tables of an earlier version. The bot creates or upgrades them when it starts. */
  | { readonly kind: "outdated" }
  | { readonly kind: "there"; readonly records: readonly WatchRecord[] };

/** Reads all watches from an up-to-date database. */
export async function storedRecords(db: Kysely<Schema>, pending: readonly string[]): Promise<StoredRecords> {
  if (pending.length > 0) return { kind: "outdated" };
  return { kind: "there", records: await createRecords({ db, unreadable: createUnreadable(undefined) }).list() };
}
