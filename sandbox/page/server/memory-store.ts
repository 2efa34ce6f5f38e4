import { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { createLeaseOwner } from "../../../src/store/lease-owners.ts";
import { migrate } from "../../../src/store/migrations.ts";
import { sqliteStoreDialect } from "../../../src/store/sqlite/open-sqlite.ts";
import type { Schema } from "../../../src/store/tables/schema.ts";
import { createSqliteDialect } from "../../../src/store/sqlite/dialect.ts";
import { createWatchStore } from "../../../src/store/watch-store.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";

/**
 * The bot's own SQLite store, kept in memory, because the page keeps no data between runs. On a disk, thousands of
 * checks would take much longer than a few seconds.
 */
export async function openMemoryStore(): Promise<WatchStore> {
  const database = new DatabaseSync(PLACE);
  const dialect = sqliteStoreDialect(PLACE);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  await migrate(db, dialect);
  // No other process can open this store. So the bot's leases stay its own, even when the clock jumps.
  const store = createWatchStore(db, dialect, undefined, createLeaseOwner(db, dialect, true));
  return {
    ...store,
    // The clock stands still while messages are sent, so a turn one second later would never come. A pause that Slack
    // asked for still counts.
    reserveTurn: (channel, now) => store.reserveTurn(channel, now, 0),
    close: async () => {
      await store.close();
      if (database.isOpen) database.close();
    },
  };
}

const PLACE = ":memory:";
