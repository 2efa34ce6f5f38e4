import { Kysely } from "kysely";
import type { Logger } from "pino";
import type { WatchStore } from "../../watch/ports.ts";
import { migrate } from "../migrations.ts";
import { createPostgresDialect, postgresStoreDialect } from "./dialect.ts";
import { createPool, cutHeld, renewable } from "./pool.ts";
import { refuseOtherEncodings } from "./schema.ts";
import { nameOf, type PostgresServer } from "./server.ts";
import type { Schema } from "../tables/schema.ts";
import { createWatchStore } from "../watch-store.ts";

export interface PostgresStoreOptions {
  readonly server: PostgresServer;
  /** The most connections. A round uses up to ten at a time. */
  readonly pool: number;
  /** A connection in use for longer is closed. Tests set it. */
  readonly heldMs?: number;
  readonly log?: Pick<Logger, "warn">;
}

/**
 * Opens and upgrades the store that several bots can share. When several start at once, one upgrades and the others
 * wait. Throws a StoreError that names the database, never the password; no connection stays open then.
 */
export async function openPostgresStore({
  server,
  pool: size,
  heldMs,
  log,
}: PostgresStoreOptions): Promise<WatchStore> {
  // Logs the message only: pg attaches the whole client, with its secrets, to the error.
  const database = nameOf(server);
  const onBroken = ({ message }: Error): void =>
    log?.warn({ database, error: message }, "a database connection was lost");
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
}
