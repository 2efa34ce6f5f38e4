import { mkdtempSync, rmdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { pendingSteps } from "./migrations.ts";
import type { Schema } from "./schema.ts";
import { BUSY_TIMEOUT_MS } from "./sqlite-busy.ts";
import { createSqliteDialect } from "./sqlite-dialect.ts";
import { explainSqlite } from "./sqlite-errors.ts";
import { isAFolder, refused, refuseDamaged, refuseFragment } from "./sqlite-file.ts";
import { StoreError } from "./store-error.ts";

export type SqliteInspection =
  /** There is none yet; it can be made. */
  | { readonly kind: "missing" }
  /** `pending`: steps that the bot takes when it starts. */
  | { readonly kind: "there"; readonly pending: number; readonly watches: number };

/** The folder in which the first thing would be made. */
const nearest = (path: string): string => {
  const folder = dirname(path);
  return folder === path || statSync(folder, { throwIfNoEntry: false }) !== undefined ? folder : nearest(folder);
};

/** True when there is a file; false when one could be made. */
const isThere = (path: string): boolean => {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) throw isAFolder(path);
    // Asking for permissions would not tell a read-only mount or a folder of the kernel, so something is made.
    if (found === undefined) rmdirSync(mkdtempSync(join(nearest(path), ".wa-token-")));
    return found !== undefined;
  } catch (error) {
    throw error instanceof StoreError ? error : refused(path, error);
  }
};

const look = async (path: string): Promise<SqliteInspection> => {
  refuseFragment(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  try {
    refuseDamaged(database, path);
    // Writes and takes it back: nothing is changed. SQLite lets a file that may only be read be locked for writing.
    database.exec("begin immediate; create table of_doctor (proof); rollback; pragma query_only = on");
    const pending = await pendingSteps(db, path);
    const tables = await db.introspection.getTables();
    const hasWatches = tables.some(({ name }) => name === "watches");
    const watches = hasWatches ? (await db.selectFrom("watches").select("name").execute()).length : 0;
    return { kind: "there", pending: pending.length, watches };
  } finally {
    await db.destroy();
    if (database.isOpen) database.close();
  }
};

/**
 * What a bot would find at this path. Makes, changes and locks nothing, so it may be asked beside a running bot. Throws
 * the StoreError that the bot would stop with.
 */
export const inspectSqlite = async (databasePath: string): Promise<SqliteInspection> => {
  const path = resolve(databasePath);
  try {
    return isThere(path) ? await look(path) : { kind: "missing" };
  } catch (error) {
    throw explainSqlite(error, path);
  }
};
