import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import type { PostgresServer } from "../../src/store/postgres/server.ts";
import { serverAt, TEMPLATE, type TestPostgres } from "./postgres.ts";

/** Null without a server; then the tests are skipped. */
export const postgres: TestPostgres | null = inject("postgres");

const known = (): TestPostgres => {
  if (postgres === null) throw new Error("there is no PostgreSQL server on this platform");
  return postgres;
};

/** A PostgreSQL database for one test file, deleted after its tests. */
export interface TestDatabase {
  readonly server: PostgresServer;
  /** Runs SQL as the server's owner, on a connection that no store uses. */
  readonly sql: <R extends pg.QueryResultRow>(text: string) => Promise<readonly R[]>;
  /** Deletes the rows of every table of the store. */
  readonly clear: () => Promise<void>;
  /** Deletes the tables too, for a store that creates or upgrades them. A new database costs much more. */
  readonly deleteTables: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

/**
 * Deletes all rows. To truncate a table makes new files for it and its indexes, which costs far more than to delete few
 * rows. So only a table is truncated that has grown to 64 kB, also by rows that were deleted earlier.
 */
const CLEAR = `do $$
  declare
    name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
      execute case when pg_relation_size(name::regclass) > 65536 then 'truncate ' else 'delete from ' end || name;
    end loop;
  end
$$`;

/** Creates a database: a copy of the template with the store's tables, or an empty one. */
export const createDatabase = async (kind: "migrated" | "empty", options = ""): Promise<TestDatabase> => {
  const { port } = known();
  const name = `wa_token_${randomBytes(6).toString("hex")}`;
  const asOwner = async (database: string): Promise<pg.Client> => {
    const { host, user } = serverAt(port, database);
    const client = new pg.Client({ host, port, user, database, ssl: false });
    await client.connect();
    return client;
  };
  const outside = async (text: string): Promise<void> => {
    const client = await asOwner("postgres");
    await client.query(text);
    await client.end();
  };
  // To copy the template's files takes a tenth of the processor time of writing each of its pages to the log.
  const from = kind === "migrated" ? `template ${TEMPLATE}` : options;
  await outside(`create database ${name} ${from} strategy file_copy`);
  const inside = await asOwner(name);
  const sql = async <R extends pg.QueryResultRow>(text: string) => (await inside.query<R>(text)).rows;
  return {
    server: serverAt(port, name),
    sql,
    clear: async () => {
      await sql(CLEAR);
    },
    deleteTables: async () => {
      await sql("drop schema public cascade; create schema public");
    },
    drop: async () => {
      await inside.end();
      await outside(`drop database ${name} with (force)`);
    },
  };
};

/** One database for the tests of a file. */
export const useDatabase = (kind: "migrated" | "empty"): (() => TestDatabase) => {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    if (postgres !== null) database = await createDatabase(kind);
  });
  afterAll(async () => database?.drop());
  return () => {
    if (database === undefined) throw new Error("the database is not there yet");
    return database;
  };
};
