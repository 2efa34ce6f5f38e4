import { mkdtempSync, rmdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { Budget } from "../../watch/budget/budget.ts";
import { pendingSteps } from "../migrations.ts";
import type { Schema } from "../tables/schema.ts";
import { BUSY_TIMEOUT_MS } from "./busy.ts";
import { createSqliteDialect } from "./dialect.ts";
import { explainSqlite } from "./errors.ts";
import { isAFolder, refused, refuseDamaged, refuseFragment } from "./file.ts";
import { StoreError } from "../store-error.ts";
import type { SharedDeadline } from "../../watch/ports.ts";
import { readBudgets } from "../watches/budgets.ts";
import { readDeadlines } from "../watches/shared-deadlines.ts";

export type SqliteInspection =
  /** The file does not exist, but it can be created. */
  | { readonly kind: "missing" }
  /** `pending`: upgrade steps that the bot runs at its next start. */
  | {
      readonly kind: "there";
      readonly pending: number;
      readonly watches: number;
      /** What Meta said about the limits of its apps. Empty before an upgrade. */
      readonly budgets: ReadonlyMap<string, Budget>;
      /** The deadlines that replicas share. Empty before an upgrade. */
      readonly deadlines: ReadonlyMap<string, SharedDeadline>;
    };

/**
 * Reports the state that a bot would find at this path. Every test is undone at once, so the database stays unchanged.
 * A running bot at most waits a moment for the write lock. Throws the StoreError that would stop the bot.
 */
export async function inspectSqlite(databasePath: string): Promise<SqliteInspection> {
  const path = resolve(databasePath);
  try {
    return isThere(path) ? await look(path) : { kind: "missing" };
  } catch (error) {
    throw explainSqlite(error, path);
  }
}

/** The nearest existing folder above the path. */
function nearest(path: string): string {
  const folder = dirname(path);
  return folder === path || statSync(folder, { throwIfNoEntry: false }) !== undefined ? folder : nearest(folder);
}

/** True: the file exists. False: it can be created. */
function isThere(path: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) throw isAFolder(path);
    // Creates a folder and removes it, because permission bits do not reveal a read-only mount or a kernel folder.
    if (found === undefined) rmdirSync(mkdtempSync(join(nearest(path), ".wa-token-")));
    return found !== undefined;
  } catch (error) {
    throw error instanceof StoreError ? error : refused(path, error);
  }
}

async function look(path: string): Promise<SqliteInspection> {
  refuseFragment(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  try {
    refuseDamaged(database, path);
    // Writes and rolls back, so nothing changes. A lock alone proves nothing: SQLite also locks read-only files for
    // writing.
    database.exec("begin immediate; create table of_doctor (proof); rollback; pragma query_only = on");
    const pending = await pendingSteps(db, path);
    const tables = await db.introspection.getTables();
    const hasWatches = tables.some(({ name }) => name === "watches");
    const watches = hasWatches ? (await db.selectFrom("watches").select("name").execute()).length : 0;
    const budgets = pending.length === 0 ? await readBudgets(db) : new Map<string, Budget>();
    const deadlines = pending.length === 0 ? await readDeadlines(db) : new Map<string, SharedDeadline>();
    return { kind: "there", pending: pending.length, watches, budgets, deadlines };
  } finally {
    await db.destroy();
    if (database.isOpen) database.close();
  }
}
