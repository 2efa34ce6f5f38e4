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
  readonly drop: () => Promise<void>;
}

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
  await outside(`create database ${name} ${kind === "migrated" ? `template ${TEMPLATE}` : options}`);
  const inside = await asOwner(name);
  return {
    server: serverAt(port, name),
    sql: async <R extends pg.QueryResultRow>(text: string) => (await inside.query<R>(text)).rows,
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
