import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { createLeaseOwner } from "../../src/store/lease-owners.ts";
import { migrate } from "../../src/store/migrations.ts";
import { sqliteStoreDialect } from "../../src/store/sqlite/open-sqlite.ts";
import type { Schema } from "../../src/store/tables/schema.ts";
import { createSqliteDialect } from "../../src/store/sqlite/dialect.ts";
import { createWatchStore } from "../../src/store/watch-store.ts";
import type { WatchStore } from "../../src/watch/ports.ts";

const PLACE = ":memory:";

/** The real store over SQLite in memory, with access to its tables. */
export interface MemoryStore extends WatchStore {
  readonly db: Kysely<Schema>;
}

/**
 * No other program can open it, so it keeps its leases however a test's clock jumps.
 * @param alone false: it keeps its leases as beside other programs, by the clock
 */
export async function openMemoryStore(alone = true): Promise<MemoryStore> {
  const database = new DatabaseSync(PLACE);
  database.deserialize(await emptyDatabase());
  const dialect = sqliteStoreDialect(PLACE);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  return { ...createWatchStore(db, dialect, undefined, createLeaseOwner(db, dialect, alone)), db };
}

/** A database with the tables of the store and no rows, as a file. To copy it takes a tenth of the time of its steps. */
export const emptyDatabase = (): Promise<Uint8Array> => (template ??= migrated());

let template: Promise<Uint8Array> | undefined;

async function migrated(): Promise<Uint8Array> {
  const database = new DatabaseSync(PLACE);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  await migrate(db, sqliteStoreDialect(PLACE));
  const bytes = database.serialize();
  await db.destroy();
  return bytes;
}
