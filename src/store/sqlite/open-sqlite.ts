// store/ keeps watches, alerts and the outbox between rounds and restarts. It implements WatchStore of watch/ports.ts
// with Kysely, one file for each part. It imports types and rules of token/ and watch/; external packages: kysely, zod
// for JSON in rows, pg, and Node's sqlite, fs, path, crypto, os and timers.
// To add a database: write an open-….ts like open-postgres.ts that gives createWatchStore an upgraded Kysely and a
// StoreDialect. Then run test/store/contract/contract.ts over it.
// To change a table: add a file in migrations/, its line in migrations.ts, and the types in schema.ts.
import { Kysely } from "kysely";
import type { Logger } from "pino";
import type { WatchStore } from "../../watch/ports.ts";
import { guardPlace } from "./guard-place.ts";
import { createLeaseOwner } from "../lease-owners.ts";
import { acquireLock } from "./lock.ts";
import { copyBeforeUpgrade } from "./copy-before-upgrade.ts";
import { migrate, upgradeStep } from "../migrations.ts";
import type { Schema } from "../tables/schema.ts";
import { createSqliteDialect } from "./dialect.ts";
import { explainSqlite } from "./errors.ts";
import { makeFile, makeFolder, openDatabase, placeOf } from "./file.ts";
import type { StoreDialect } from "../store-dialect.ts";
import { createWatchStore } from "../watch-store.ts";

export interface SqliteStoreOptions {
  /**
   * The database file. It is created with its folder when missing. SQLite adds `-wal` and `-shm` files next to it, and
   * wa-token adds `.lock`.
   */
  readonly path: string;
  /** True for the bot: a second bot on the same file is refused. False for commands that run next to a bot. */
  readonly exclusive: boolean;
  readonly log?: Pick<Logger, "warn" | "error" | "info">;
}

/** The SQLite-specific part of the store. Only one transaction writes at a time, so rows need no locks. */
export function sqliteStoreDialect(path: string): StoreDialect {
  return {
    database: path,
    lockRows: (query) => query,
    // The transaction already locks the whole file.
    lockMigrations: async () => undefined,
    tuneTables: async () => {},
    clockOffsetMs: async () => 0,
    // sqlite-busy.ts waits for other programs.
    isTransient: () => false,
    letGo: () => {},
    explain: (error) => explainSqlite(error, path),
  };
}

/**
 * Opens and upgrades the embedded store. Throws a StoreError that names the file when the file cannot be created, is in
 * use, damaged or read-only. It also throws for a database that is newer than this code. Such a file stays unchanged.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<WatchStore> {
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
    // This program holds the lock, so every earlier bot has ended and its claims are free.
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
}
