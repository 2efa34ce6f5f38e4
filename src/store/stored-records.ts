import type { Kysely } from "kysely";
import type { WatchRecord } from "../watch/ports.ts";
import type { Renewal } from "../renewal/renewal.ts";
import { createReadRenewals } from "./renewals/read-renewals.ts";
import { createUnreadable } from "./tables/unreadable.ts";
import type { Schema } from "./tables/schema.ts";
import { createRecords } from "./watches/records.ts";

/** The watches of a store that was read without changing it. */
export type StoredRecords =
  | { readonly kind: "missing" }
  /** It has no tables, or tables of an earlier version. The bot creates or upgrades them when it starts. */
  | { readonly kind: "outdated" }
  | {
      readonly kind: "there";
      readonly records: readonly WatchRecord[];
      readonly renewals: ReadonlyMap<string, Renewal>;
    };

/**
 * Reads all watches from an up-to-date database.
 * @param renewed the watches whose latest renewal is read, too
 */
export async function storedRecords(
  db: Kysely<Schema>,
  pending: readonly string[],
  renewed: readonly string[],
): Promise<StoredRecords> {
  if (pending.length > 0) return { kind: "outdated" };
  const base = { db, unreadable: createUnreadable(undefined) };
  const { findRenewal } = createReadRenewals(base);
  const renewals = new Map<string, Renewal>();
  for (const name of renewed) {
    const renewal = await findRenewal(name);
    if (renewal !== undefined) renewals.set(name, renewal);
  }
  return { kind: "there", records: await createRecords(base).list(), renewals };
}
