import { resolve } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { openSqliteStore } from "../store/open-sqlite.ts";
import { reveal } from "../token/secret.ts";
import type { WatchStore } from "../watch/ports.ts";

export interface OpenStoreOptions {
  /** The bot keeps a second one off an SQLite file; commands work beside it, and PostgreSQL takes several bots. */
  readonly exclusive: boolean;
  /** Where a relative path of SQLite begins; the process's folder when not given. */
  readonly cwd?: string;
  readonly log?: Pick<Logger, "warn">;
}

/** Opens the store that DATABASE_URL names. Throws a StoreError when it is not to be had. */
export const openStore = async (
  { databaseUrl }: Pick<Config, "databaseUrl">,
  { exclusive, cwd = "", log }: OpenStoreOptions,
): Promise<WatchStore> => {
  if (databaseUrl.kind === "sqlite") return openSqliteStore({ path: resolve(cwd, databaseUrl.path), exclusive });
  // pg is loaded for those who use it only.
  const { openPostgresStore } = await import("../store/open-postgres.ts");
  const { pool, password, ...server } = databaseUrl;
  return openPostgresStore({
    server: { ...server, password: password === undefined ? undefined : () => reveal(password) },
    pool,
    ...(log !== undefined && { log }),
  });
};
