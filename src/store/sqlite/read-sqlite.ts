import { statSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { pendingSteps } from "../migrations.ts";
import { type AuditQuery, storedAudit, type StoredAudit } from "../stored-audit.ts";
import { storedRecords, type StoredRecords } from "../stored-records.ts";
import type { Schema } from "../tables/schema.ts";
import { BUSY_TIMEOUT_MS } from "./busy.ts";
import { createSqliteDialect } from "./dialect.ts";
import { explainSqlite } from "./errors.ts";
import { isAFolder, refuseFragment } from "./file.ts";

/**
 * Reads the watches of an SQLite file, also beside a running bot. It creates and changes nothing. Throws a StoreError
 * when the file cannot be read.
 */
export function readSqlite(databasePath: string): Promise<StoredRecords> {
  return inReadOnly(databasePath, storedRecords);
}

/** Reads the audit of an SQLite file in the same way. */
export function readSqliteAudit(databasePath: string, query: AuditQuery): Promise<StoredAudit> {
  return inReadOnly(databasePath, (db, pending) => storedAudit(db, pending, query));
}

type Read<T> = (db: Kysely<Schema>, pending: readonly string[]) => Promise<T>;

async function inReadOnly<T>(databasePath: string, read: Read<T>): Promise<T | { readonly kind: "missing" }> {
  const path = resolve(databasePath);
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) throw isAFolder(path);
    return found === undefined ? { kind: "missing" } : await opened(path, read);
  } catch (error) {
    throw explainSqlite(error, path);
  }
}

async function opened<T>(path: string, read: Read<T>): Promise<T> {
  refuseFragment(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  try {
    // Not opened as read-only, because SQLite could then not read a database in WAL mode without its -shm file.
    database.exec("pragma query_only = on");
    return await read(db, await pendingSteps(db, path));
  } finally {
    await db.destroy();
    if (database.isOpen) database.close();
  }
}
