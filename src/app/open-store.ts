import { resolve } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { openSqliteStore } from "../store/open-sqlite.ts";
import type { PostgresServer } from "../store/postgres-server.ts";
import { reveal } from "../token/secret.ts";
import type { WatchStore } from "../watch/ports.ts";

export interface OpenStoreOptions {
  /** The bot keeps a second one off an SQLite file; commands work beside it, and PostgreSQL takes several bots. */
  readonly exclusive: boolean;
  /** Where a relative path of SQLite begins; the process's folder when not given. */
  readonly cwd?: string;
  readonly log?: Pick<Logger, "warn" | "error" | "info">;
}

/** Where a PostgreSQL database is, with its password at hand. */
export const postgresServer = ({
  password,
  ...server
}: Extract<Config["databaseUrl"], { kind: "postgres" }>): PostgresServer => ({
  ...server,
  password: password === undefined ? undefined : () => reveal(password),
});

/** Opens the store that DATABASE_URL names. Throws a StoreError when it is not to be had. */
export const openStore = async (
  { databaseUrl }: Pick<Config, "databaseUrl">,
  { exclusive, cwd = "", log }: OpenStoreOptions,
): Promise<WatchStore> => {
  const said = log === undefined ? {} : { log };
  if (databaseUrl.kind === "sqlite")
    return openSqliteStore({ path: resolve(cwd, databaseUrl.path), exclusive, ...said });
  // pg is loaded for those who use it only.
  const { openPostgresStore } = await import("../store/open-postgres.ts");
  return openPostgresStore({
    server: postgresServer(databaseUrl),
    pool: databaseUrl.pool,
    ...said,
  });
};
