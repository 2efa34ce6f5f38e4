import { type Dialect, PostgresDriver, PostgresIntrospector, PostgresQueryCompiler, sql } from "kysely";
import { explainPostgres, isPassing, isReadOnly } from "./postgres-errors.ts";
import type { RenewablePool, UsedPool } from "./postgres-pool.ts";
import { usableSchema } from "./postgres-schema.ts";
import { nameOf, type PostgresServer } from "./postgres-server.ts";
import type { StoreDialect } from "./store-dialect.ts";

/** Any number that only wa-token uses in its database. */
const MIGRATION_LOCK = 7_739_248_331;

/** Kysely over a pool of pg; closing Kysely closes the pool. */
export const createPostgresDialect = (pool: UsedPool): Dialect => ({
  createAdapter: () => ({
    supportsCreateIfNotExists: true,
    supportsMultipleConnections: true,
    supportsReturning: true,
    supportsTransactionalDdl: true,
    // The store's own lock is held by then. Kysely's has to be given back in the same transaction, which fails after
    // an error, and then hides it.
    acquireMigrationLock: async () => {},
    releaseMigrationLock: async () => {},
  }),
  createDriver: () => new PostgresDriver({ pool }),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

/** What PostgreSQL needs besides the common SQL. */
export const postgresStoreDialect = (server: PostgresServer, pool: Pick<RenewablePool, "renew">): StoreDialect => ({
  database: nameOf(server),
  lockRows: (query, others) => (others === "skip" ? query.forUpdate().skipLocked() : query.forUpdate()),
  lockMigrations: async (trx) => {
    // Others may be migrating a large table; the pool's own limits are for everyday work.
    await sql`set local statement_timeout = '10min'`.execute(trx);
    await sql`set local lock_timeout = '10min'`.execute(trx);
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(trx);
    return usableSchema(trx, server);
  },
  tuneTables: async (trx) => {
    // Its rows come and go all the time: dead ones would make each look at it slower and slower.
    await sql`alter table owed set (autovacuum_vacuum_scale_factor = 0.01)`.execute(trx);
  },
  clockOffsetMs: async (db, machineNow) =>
    // On a connection that is open already, so that opening one does not count as the way of the question.
    db.connection().execute(async (connection) => {
      const before = machineNow().getTime();
      const { rows } = await sql<{ ms: string }>`select extract(epoch from clock_timestamp()) * 1000 as ms`.execute(
        connection,
      );
      const after = machineNow().getTime();
      return Math.round(Number(rows[0]?.ms) - (before + after) / 2);
    }),
  isPassing,
  letGo: (error) => {
    if (isReadOnly(error)) pool.renew();
  },
  explain: (error) => explainPostgres(error, server),
});
