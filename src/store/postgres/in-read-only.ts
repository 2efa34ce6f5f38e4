import { Kysely, type Transaction } from "kysely";
import type { Schema } from "../tables/schema.ts";
import { createPostgresDialect } from "./dialect.ts";
import { explainPostgres } from "./errors.ts";
import { createPool } from "./pool.ts";
import { refuseOtherEncodings, usableSchema } from "./schema.ts";
import type { PostgresServer } from "./server.ts";

export interface ReadOnlyWork<T> {
  /** Runs before the transaction. */
  readonly before?: (db: Kysely<Schema>) => Promise<void>;
  readonly read: (trx: Transaction<Schema>, schema: string) => Promise<T>;
}

/**
 * Reads in one read-only transaction. It creates, changes and locks nothing, so bots of an earlier version can keep
 * running. Throws the StoreError that would stop the bot.
 */
export async function inReadOnly<T>(server: PostgresServer, { before, read }: ReadOnlyWork<T>): Promise<T> {
  const db = new Kysely<Schema>({
    dialect: createPostgresDialect(createPool(server, { size: 1, onBroken: () => {} })),
  });
  try {
    await before?.(db);
    return await db
      .transaction()
      .setAccessMode("read only")
      .execute(async (trx) => {
        await refuseOtherEncodings(trx, server);
        return read(trx, await usableSchema(trx, server));
      });
  } catch (error) {
    throw explainPostgres(error, server);
  } finally {
    await db.destroy();
  }
}
