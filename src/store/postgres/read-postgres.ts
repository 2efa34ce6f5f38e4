import { pendingSteps } from "../migrations.ts";
import { type AuditQuery, storedAudit, type StoredAudit } from "../stored-audit.ts";
import { storedRecords, type StoredRecords } from "../stored-records.ts";
import { inReadOnly } from "./in-read-only.ts";
import { nameOf, type PostgresServer } from "./server.ts";

/** Reads the watches of a PostgreSQL database. It creates, changes and locks nothing. */
export async function readPostgres(server: PostgresServer): Promise<StoredRecords> {
  return inReadOnly(server, {
    read: async (trx, schema) => storedRecords(trx, await pendingSteps(trx, nameOf(server), schema)),
  });
}

/** Reads the audit of a PostgreSQL database in the same way. */
export async function readPostgresAudit(server: PostgresServer, query: AuditQuery): Promise<StoredAudit> {
  return inReadOnly(server, {
    read: async (trx, schema) => storedAudit(trx, await pendingSteps(trx, nameOf(server), schema), query),
  });
}
