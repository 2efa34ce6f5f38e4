import pg from "pg";
import type { TestProject } from "vitest/node";
import { openPostgresStore } from "../../src/store/postgres/open-postgres.ts";
import type { PostgresServer } from "../../src/store/postgres/server.ts";
import { findBinaries, startPostgres } from "./postgres-server.ts";

/** The server that the tests share. */
export interface TestPostgres {
  readonly port: number;
  readonly certificate: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Null on a platform without a server. */
    postgres: TestPostgres | null;
  }
}

/** A database with only the tables of the store. New databases are copies of it. */
export const TEMPLATE = "wa_token_template";

export const serverAt = (port: number, database: string): PostgresServer => ({
  host: "127.0.0.1",
  port,
  database,
  user: "postgres",
  password: undefined,
  tls: { kind: "disable" },
});

/** Tests have few rows for a short time, so the server's work in the background would only take processor time. */
const SMALL = ["autovacuum=off", "max_wal_senders=0", "wal_level=minimal", "max_parallel_workers_per_gather=0"];

/** Starts the PostgreSQL server of the test run; vitest calls it when a file needs it. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const binaries = await findBinaries();
  if (typeof binaries === "string") {
    process.stdout.write(`The tests over PostgreSQL are skipped: ${binaries}.\n`);
    project.provide("postgres", null);
    return async () => {};
  }
  const { port, certificate, stop } = await startPostgres(binaries, SMALL);
  const admin = new pg.Client({ host: "127.0.0.1", port, user: "postgres", database: "postgres" });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const template = await openPostgresStore({ server: serverAt(port, TEMPLATE), pool: 1 });
  await template.close();
  project.provide("postgres", { port, certificate });
  return stop;
};
