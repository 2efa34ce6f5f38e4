import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { whenFree } from "./busy.ts";

/**
 * Kysely over an open node:sqlite database. Closing Kysely closes it. It has one connection, so Kysely queues all work.
 */
export function createSqliteDialect(database: DatabaseSync): Dialect {
  const adapter = new SqliteAdapter();
  return {
    createAdapter: () => ({
      supportsCreateIfNotExists: true,
      supportsMultipleConnections: false,
      supportsReturning: true,
      // SQLite can roll back table changes. Kysely's own adapter says that it cannot.
      supportsTransactionalDdl: true,
      acquireMigrationLock: async (...args) => adapter.acquireMigrationLock(...args),
      releaseMigrationLock: async (...args) => adapter.releaseMigrationLock(...args),
    }),
    createDriver: () => createDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

const STATEMENTS_KEPT = 200;

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

/** node:sqlite treats a leading object as named parameters, so a Date there would silently become NULL. */
function bind(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint")
      return value;
    throw new TypeError(`cannot bind a value of type ${typeof value} to SQLite`);
  });
}

function createConnection(database: DatabaseSync): DatabaseConnection {
  const statements = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    const prepared = { statement, givesRows: statement.columns().length > 0 };
    const [oldest] = statements.keys();
    if (statements.size >= STATEMENTS_KEPT && oldest !== undefined) statements.delete(oldest);
    statements.set(sql, prepared);
    return prepared;
  };
  return {
    executeQuery: async ({ sql, parameters }) => {
      const values = bind(parameters);
      return whenFree(() => {
        const { statement, givesRows } = prepare(sql);
        // The query declares the row type; no driver can check it. codec.ts checks JSON columns.
        if (givesRows) return { rows: statement.all(...values) as never[] };
        return { numAffectedRows: BigInt(statement.run(...values).changes), rows: [] };
      });
    },
    // Kysely's type requires it. The store never streams results.
    streamQuery: () => {
      throw new TypeError("the store reads whole results");
    },
  };
}

function createDriver(database: DatabaseSync): Driver {
  const connection = createConnection(database);
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    // `immediate` takes the write lock at once. A deferred transaction takes it at its first write. That write fails
    // without waiting when another program wrote after the first read (SQLite, "Transactions", read 2026-11).
    beginTransaction: async () => whenFree(() => database.exec("begin immediate")),
    commitTransaction: async () => database.exec("commit"),
    // A full disk already ended the transaction. A second rollback would fail and hide the reason.
    rollbackTransaction: async () => {
      if (database.isTransaction) database.exec("rollback");
    },
    releaseConnection: async () => {},
    destroy: async () => database.close(),
  };
}
