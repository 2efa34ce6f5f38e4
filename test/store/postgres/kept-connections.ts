import { Kysely, type KyselyPlugin } from "kysely";
import { afterAll } from "vitest";
import { createPostgresDialect, postgresStoreDialect } from "../../../src/store/postgres/dialect.ts";
import { createPool, renewable, type RenewablePool } from "../../../src/store/postgres/pool.ts";
import type { Schema } from "../../../src/store/tables/schema.ts";
import { createWatchStore } from "../../../src/store/watch-store.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import type { TestDatabase } from "../../support/postgres-database.ts";

/**
 * Stores on connections that stay open until the last test of a file. For a new connection the server starts a process,
 * which takes longer than most tests use it. A store that is closed leaves its connections to the next one.
 */
export const keptConnections = (database: () => TestDatabase, size: number) => {
  const all: RenewablePool[] = [];
  const free: RenewablePool[] = [];
  const create = (): RenewablePool => {
    const pool = renewable(createPool(database().server, { size, onBroken: () => {} }));
    all.push(pool);
    return pool;
  };
  afterAll(async () => {
    for (const pool of all) await pool.end();
  });
  return {
    /** A store on a database that already has its tables. */
    open: (plugins: readonly KyselyPlugin[] = []): WatchStore => {
      const kept = free.pop() ?? create();
      const connections = { ...kept, end: async () => void free.push(kept) };
      const db = new Kysely<Schema>({ dialect: createPostgresDialect(connections), plugins: [...plugins] });
      return createWatchStore(db, postgresStoreDialect(database().server, connections));
    },
  };
};
