// store/ remembers watches, alerts and what Slack is owed between rounds and restarts: the WatchStore of watch/ports.ts,
// written once with Kysely, a file for each of its parts. It imports types of token/ and watch/ and its own files; outside:
// kysely, zod for JSON in rows, node:sqlite, node:fs, node:path, pg. To add a database: an open-….ts beside this one and
// open-postgres.ts that gives createWatchStore a migrated Kysely and a StoreDialect, and a line in the tests that runs
// test/store/contract.ts over it. To change a table: a new file in migrations/, its line in migrations.ts, the types in
// schema.ts.
import { Kysely } from "kysely";
import type { Logger } from "pino";
import type { WatchStore } from "../watch/ports.ts";
import { guardPlace } from "./guard-place.ts";
import { createLeaseOwner } from "./lease-owners.ts";
import { acquireLock } from "./lock.ts";
import { copyBeforeUpgrade } from "./copy-before-upgrade.ts";
import { migrate, upgradeStep } from "./migrations.ts";
import type { Schema } from "./schema.ts";
import { createSqliteDialect } from "./sqlite-dialect.ts";
import { explainSqlite } from "./sqlite-errors.ts";
import { makeFile, makeFolder, openDatabase, placeOf } from "./sqlite-file.ts";
import type { StoreDialect } from "./store-dialect.ts";
import { createWatchStore } from "./watch-store.ts";

export interface SqliteStoreOptions {
  /** The database file; made when missing, with its folder. Beside it SQLite keeps `-wal` and `-shm`, we `.lock`. */
  readonly path: string;
  /** True for the bot: a second one on the same file is refused. False for commands that work beside it. */
  readonly exclusive: boolean;
  readonly log?: Pick<Logger, "warn" | "error" | "info">;
}

/** What SQLite needs besides the common SQL; one transaction writes at a time, so rows need no locks. */
export const sqliteStoreDialect = (path: string): StoreDialect => ({
  database: path,
  lockRows: (query) => query,
  // The transaction has locked the whole file.
  lockMigrations: async () => undefined,
  tuneTables: async () => {},
  clockOffsetMs: async () => 0,
  // Waiting for other programs is done below, see sqlite-busy.ts.
  isPassing: () => false,
  letGo: () => {},
  explain: (error) => explainSqlite(error, path),
});

/**
 * Opens the embedded store, migrated. Throws a StoreError that names the file when it is in use, damaged, newer than
 * this code, read-only or not to be made; such a file is left as it is.
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<WatchStore> => {
  const path = placeOf(options.path);
  const dialect = sqliteStoreDialect(path);
  const opened = new DisposableStack();
  try {
    makeFolder(path);
    const lock = options.exclusive ? opened.adopt(acquireLock(path), ({ release }) => release()) : undefined;
    makeFile(path, path);
    const database = opened.adopt(openDatabase(path, options.exclusive), (db) => {
      if (db.isOpen) db.close();
    });
    const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
    const step = await upgradeStep(db, path);
    if (step !== undefined) await copyBeforeUpgrade(database, path, step, options.log);
    await migrate(db, dialect);
    const leases = createLeaseOwner(db, dialect, options.exclusive);
    // The lock is held, so every earlier bot is gone with what it had taken.
    if (options.exclusive) await leases.freeOthers(() => new Date());
    const store = createWatchStore(db, dialect, options.log, leases);
    const guard = lock && opened.adopt(guardPlace(path, lock, options.log), ({ stop }) => stop());
    const held = opened.move();
    return {
      ...store,
      ping: async () => {
        guard?.check();
        await store.ping();
      },
      close: async () => {
        await store.close();
        held.dispose();
      },
    };
  } catch (error) {
    opened.dispose();
    throw dialect.explain(error);
  }
};
