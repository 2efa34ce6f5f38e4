import { resolve } from "node:path";
import { postgresServer } from "../../app/open-store.ts";
import type { Database } from "../../config/config.ts";
import { readPostgresAudit } from "../../store/postgres/read-postgres.ts";
import { readSqliteAudit } from "../../store/sqlite/read-sqlite.ts";
import type { AuditQuery, StoredAudit } from "../../store/stored-audit.ts";

/** Reads the audit beside a running bot, and changes nothing. Throws a StoreError when the store cannot be read. */
export function readAudit(databaseUrl: Database, cwd: string, query: AuditQuery): Promise<StoredAudit> {
  return databaseUrl.kind === "sqlite"
    ? readSqliteAudit(resolve(cwd, databaseUrl.path), query)
    : readPostgresAudit(postgresServer(databaseUrl), query);
}
