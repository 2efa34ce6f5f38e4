import { pendingSteps } from "../migrations.ts";
import { storedRecords, type StoredRecords } from "../stored-records.ts";
import { inReadOnly } from "./in-read-only.ts";
import { nameOf, type PostgresServer } from "./server.ts";

/** Reads the watches of a PostgreSQL database. It creates, changes and locks nothing. */
export async function readPostgres(server: PostgresServer): Promise<StoredRecords> {
  return inReadOnly(server, {
    read: async (trx, schema) => storedRecords(trx, await pendingSteps(trx, nameOf(server), schema)),
  });
}
