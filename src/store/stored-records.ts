import type { Kysely } from "kysely";
import type { SharedDeadline, WatchRecord } from "../watch/ports.ts";
import type { Renewal } from "../renewal/renewal.ts";
import { createReadRenewals } from "./renewals/read-renewals.ts";
import { createUnreadable } from "./tables/unreadable.ts";
import type { Schema } from "./tables/schema.ts";
import { createRecords } from "./watches/records.ts";
import { readDeadlines } from "./watches/shared-deadlines.ts";

/** The watches of a store that was read without changing it. */
export type StoredRecords =
  | { readonly kind: "missing" }
  /** It has no tables, or tables of an earlier version. The bot creates or upgrades them when it starts. */
  | { readonly kind: "outdated" }
  | {
      readonly kind: "there";
      readonly records: readonly WatchRecord[];
      /** The latest renewal of each watch. */
      readonly renewals: ReadonlyMap<string, Renewal>;
      /** The deadlines that replicas share; also the sizes of fleets. */
      readonly deadlines: ReadonlyMap<string, SharedDeadline>;
    };

/** Reads all watches from an up-to-date database. */
export async function storedRecords(db: Kysely<Schema>, pending: readonly string[]): Promise<StoredRecords> {
  if (pending.length > 0) return { kind: "outdated" };
  const base = { db, unreadable: createUnreadable(undefined) };
  return {
    kind: "there",
    records: await createRecords(base).list(),
    renewals: await createReadRenewals(base).latestRenewals(),
    deadlines: await readDeadlines(db),
  };
}
