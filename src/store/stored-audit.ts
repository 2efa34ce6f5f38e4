import type { Kysely } from "kysely";
import type { AuditEntry } from "../renewal/audit.ts";
import type { RenewalStore } from "../renewal/ports.ts";
import { createUnreadable } from "./tables/unreadable.ts";
import type { Schema } from "./tables/schema.ts";
import { createAudit } from "./watches/history.ts";

export type AuditQuery = Parameters<RenewalStore["audit"]>[0];

/** The audit of a store that was read without changing it. The kinds without entries are those of StoredRecords. */
export type StoredAudit =
  | { readonly kind: "missing" | "outdated" }
  | { readonly kind: "there"; readonly entries: readonly AuditEntry[] };

/** Reads the audit from an up-to-date database, newest first. */
export async function storedAudit(
  db: Kysely<Schema>,
  pending: readonly string[],
  query: AuditQuery,
): Promise<StoredAudit> {
  if (pending.length > 0) return { kind: "outdated" };
  const { audit } = createAudit({ db, unreadable: createUnreadable(undefined) });
  return { kind: "there", entries: await audit(query) };
}
