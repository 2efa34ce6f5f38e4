import { Client } from "pg";
import { AIMS } from "../crash/renewal/aims.ts";
import { killReplica, type ReplicaRow, replicaTable } from "../crash/renewal/kill-replicas.ts";
import type { Database } from "../crash/renewal/replicas.ts";
import { findBinaries, startPostgres } from "../support/postgres-server.ts";

/**
 * Kills one of two replicas on PostgreSQL at each moment of a renewal, and prints the table. Returns the exit code: 1
 * when something is wrong.
 */
export async function soakReplicaRenewals(compileCache: string, say: (line: string) => void): Promise<number> {
  const binaries = await findBinaries();
  if (typeof binaries === "string") {
    say(`skipping the kills of two replicas: ${binaries}`);
    return 0;
  }
  say(`killing one of two replicas on PostgreSQL at ${AIMS.length} moments of a renewal`);
  const { port, stop } = await startPostgres(binaries);
  try {
    const rows: ReplicaRow[] = [];
    const waiting = [...AIMS.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, aim] = next;
        rows[index] = await inDatabase(port, `renewal_${index}`, (database) =>
          killReplica(aim, database, compileCache),
        );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    say(replicaTable(rows));
    return rows.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
  } finally {
    await stop();
  }
}

/** Most of the time, the other replica waits until the dead one counts as dead. */
const AT_ONCE = 3;

async function inDatabase<T>(port: number, name: string, work: (database: Database) => Promise<T>): Promise<T> {
  const clientFor = async (database: string): Promise<Client> => {
    const client = new Client({ host: "127.0.0.1", port, user: "postgres", database, ssl: false });
    await client.connect();
    return client;
  };
  const owner = await clientFor("postgres");
  await owner.query(`create database ${name}`);
  await owner.end();
  const inside = await clientFor(name);
  try {
    return await work({
      url: `postgres://postgres@127.0.0.1:${port}/${name}`,
      sql: async (text) => (await inside.query(text)).rows,
    });
  } finally {
    await inside.end();
  }
}
