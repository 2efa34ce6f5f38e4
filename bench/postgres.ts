import pg from "pg";
import type { PostgresServer } from "../src/store/postgres/server.ts";
import { findBinaries, startPostgres } from "../test/support/postgres-server.ts";
import { serverAt } from "../test/support/postgres.ts";

/** A PostgreSQL server for measurements, without fsync. */
export interface BenchPostgres {
  readonly createDatabase: (name: string) => Promise<BenchDatabase>;
  readonly stop: () => Promise<void>;
}

export interface BenchDatabase {
  readonly url: string;
  readonly server: PostgresServer;
  readonly sql: <R extends pg.QueryResultRow>(text: string) => Promise<readonly R[]>;
  /** The age of the longest transaction now, in milliseconds, without this connection's. */
  readonly longestTransactionMs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts a server. Returns the reason when this platform has none. */
export const openPostgres = async (): Promise<BenchPostgres | string> => {
  const binaries = await findBinaries();
  if (typeof binaries === "string") return binaries;
  const { port, stop } = await startPostgres(binaries);
  const connect = async (database: string): Promise<pg.Client> => {
    const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", database, ssl: false });
    await client.connect();
    return client;
  };
  return {
    createDatabase: async (name) => {
      const owner = await connect("postgres");
      await owner.query(`create database ${name}`);
      await owner.end();
      const client = await connect(name);
      const sql = async <R extends pg.QueryResultRow>(text: string) => (await client.query<R>(text)).rows;
      return {
        server: serverAt(port, name),
        url: `postgres://postgres@127.0.0.1:${port}/${name}`,
        sql,
        longestTransactionMs: async () => Number((await sql<{ ms: string | null }>(LONGEST))[0]?.ms ?? 0),
        close: () => client.end(),
      };
    },
    stop,
  };
};

/** Autovacuum is not listed: it holds no locks that the bot waits for. */
const LONGEST = `select extract(epoch from max(clock_timestamp() - xact_start)) * 1000 as ms
  from pg_stat_activity where datname = current_database() and application_name = 'wa-token'`;
