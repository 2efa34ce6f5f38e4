import { type Dialect, PostgresDriver, PostgresIntrospector, PostgresQueryCompiler, sql } from "kysely";
import { explainPostgres, isReadOnly, isTransient } from "./errors.ts";
import type { RenewablePool, UsedPool } from "./pool.ts";
import { usableSchema } from "./schema.ts";
import { nameOf, type PostgresServer } from "./server.ts";
import { setTableSettings } from "./table-settings.ts";
import type { StoreDialect } from "../store-dialect.ts";

/** Kysely over a pg pool. Closing Kysely closes the pool. */
export function createPostgresDialect(pool: UsedPool): Dialect {
  return {
    createAdapter: () => ({
      supportsCreateIfNotExists: true,
      supportsMultipleConnections: true,
      supportsReturning: true,
      supportsTransactionalDdl: true,
      // `lockMigrations` already locks. After an error, the release of Kysely's own lock would fail too and hide the
      // first error.
      acquireMigrationLock: async () => {},
      releaseMigrationLock: async () => {},
    }),
    createDriver: () => new PostgresDriver({ pool }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** The PostgreSQL-specific part of the store. */
export function postgresStoreDialect(server: PostgresServer, pool: Pick<RenewablePool, "renew">): StoreDialect {
  return {
    database: nameOf(server),
    lockRows: (query, others) => (others === "skip" ? query.forUpdate().skipLocked() : query.forUpdate()),
    lockMigrations: async (trx) => {
      // Another program may be upgrading a large table. The pool's short limits are for everyday work.
      await sql`set local statement_timeout = '10min'`.execute(trx);
      await sql`set local lock_timeout = '10min'`.execute(trx);
      await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(trx);
      return usableSchema(trx, server);
    },
    tuneTables: setTableSettings,
    clockOffsetMs: async (db, machineNow) =>
      // Uses an open connection, so that connecting is not measured as part of the round trip.
      db.connection().execute(async (connection) => {
        const before = machineNow().getTime();
        const { rows } = await sql<{ ms: string }>`select extract(epoch from clock_timestamp()) * 1000 as ms`.execute(
          connection,
        );
        const after = machineNow().getTime();
        return Math.round(Number(rows[0]?.ms) - (before + after) / 2);
      }),
    isTransient,
    letGo: (error) => {
      if (isReadOnly(error)) pool.renew();
    },
    explain: (error) => explainPostgres(error, server),
  };
}

/** Any number that only wa-token uses in its database. */
const MIGRATION_LOCK = 7_739_248_331;
