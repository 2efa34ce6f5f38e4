import { resolve } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite.ts";
import { openPostgresStore } from "../store/postgres/open-postgres.ts";
import type { PostgresServer } from "../store/postgres/server.ts";
import { reveal } from "../token/secret/secret.ts";
import type { WatchStore } from "../watch/ports.ts";

export interface OpenStoreOptions {
  /**
   * Set for a bot: refuses a second bot on an SQLite file. Commands may run next to it, and PostgreSQL has no such
   * limit.
   */
  readonly exclusive: boolean;
  /** The base of a relative SQLite path. Default: the folder of the process. */
  readonly cwd?: string;
  readonly log?: Pick<Logger, "warn" | "error" | "info">;
}

/** The address of a PostgreSQL database, with a function that returns the password. */
export function postgresServer({
  password,
  ...server
}: Extract<Config["databaseUrl"], { kind: "postgres" }>): PostgresServer {
  return {
    ...server,
    password: password === undefined ? undefined : () => reveal(password),
  };
}

/** Opens the store that DATABASE_URL names. Throws a StoreError when it is not available. */
export async function openStore(
  { databaseUrl }: Pick<Config, "databaseUrl">,
  { exclusive, cwd = "", log }: OpenStoreOptions,
): Promise<WatchStore> {
  const said = log === undefined ? {} : { log };
  if (databaseUrl.kind === "sqlite")
    return openSqliteStore({ path: resolve(cwd, databaseUrl.path), exclusive, ...said });
  return openPostgresStore({
    server: postgresServer(databaseUrl),
    pool: databaseUrl.pool,
    ...said,
  });
}
