import { Kysely } from "kysely";
import type { Logger } from "pino";
import type { WatchStore } from "../watch/ports.ts";
import { migrate } from "./migrations.ts";
import { createPostgresDialect, postgresStoreDialect } from "./postgres-dialect.ts";
import { createPool, cutHeld, renewable } from "./postgres-pool.ts";
import { refuseOtherEncodings } from "./postgres-schema.ts";
import { nameOf, type PostgresServer } from "./postgres-server.ts";
import type { Schema } from "./schema.ts";
import { createWatchStore } from "./watch-store.ts";

export interface PostgresStoreOptions {
  readonly server: PostgresServer;
  /** Connections at most; a round uses up to ten at a time when it may. */
  readonly pool: number;
  /** A connection that is in use for longer is cut; for tests. */
  readonly heldMs?: number;
  readonly log?: Pick<Logger, "warn">;
}

/**
 * Opens the store that several bots may share, migrated: of those that start at once one migrates, the others wait.
 * Throws a StoreError that names the database, never the password, when it is not to be had; nothing stays open then.
 */
export const openPostgresStore = async ({
  server,
  pool: size,
  heldMs,
  log,
}: PostgresStoreOptions): Promise<WatchStore> => {
  // Its words alone: pg hangs the whole client on such an error.
  const database = nameOf(server);
  const onBroken = ({ message }: Error): void => log?.warn({ database, error: message }, "a database connection broke");
  const pool = createPool(server, { size, onBroken });
  const connections = renewable(pool);
  const dialect = postgresStoreDialect(server, connections);
  const db = new Kysely<Schema>({ dialect: createPostgresDialect(connections) });
  try {
    await refuseOtherEncodings(db, server);
    await migrate(db, dialect);
    cutHeld(pool, onBroken, heldMs);
  } catch (error) {
    await db.destroy();
    throw dialect.explain(error);
  }
  return createWatchStore(db, dialect, log);
};
