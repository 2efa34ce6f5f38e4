import { Kysely, sql } from "kysely";
import { pendingSteps } from "./migrations.ts";
import { createPostgresDialect } from "./postgres-dialect.ts";
import { explainPostgres } from "./postgres-errors.ts";
import { createPool } from "./postgres-pool.ts";
import { refuseOtherEncodings, usableSchema } from "./postgres-schema.ts";
import { nameOf, type PostgresServer } from "./postgres-server.ts";
import type { Schema } from "./schema.ts";

export interface PostgresInspection {
  readonly kind: "there";
  /** Steps that the bot takes when it starts. */
  readonly pending: number;
  readonly watches: number;
}

/** SQLSTATE of a write that is not allowed: what the bot would get from a standby. */
const READ_ONLY = "25006";

const refuseReadOnly = async (db: Kysely<Schema>): Promise<void> => {
  const { rows } = await sql<{ transaction_read_only: string }>`show transaction_read_only`.execute(db);
  if (rows[0]?.transaction_read_only === "on")
    throw Object.assign(new Error("the database can only be read"), { code: READ_ONLY });
};

const look = async (trx: Kysely<Schema>, server: PostgresServer): Promise<PostgresInspection> => {
  await refuseOtherEncodings(trx, server);
  const schema = await usableSchema(trx, server);
  const pending = await pendingSteps(trx, nameOf(server), schema);
  const { rows } = await sql<{ made: boolean }>`select to_regclass('watches') is not null as made`.execute(trx);
  const watches = rows[0]?.made === true ? (await trx.selectFrom("watches").select("name").execute()).length : 0;
  return { kind: "there", pending: pending.length, watches };
};

/**
 * What a bot would find on this server. Makes, changes and locks nothing, so that bots of an earlier version may run
 * beside it. Throws the StoreError that the bot would stop with.
 */
export const inspectPostgres = async (server: PostgresServer): Promise<PostgresInspection> => {
  const db = new Kysely<Schema>({
    dialect: createPostgresDialect(createPool(server, { size: 1, onBroken: () => {} })),
  });
  try {
    await refuseReadOnly(db);
    return await db
      .transaction()
      .setAccessMode("read only")
      .execute(async (trx) => look(trx, server));
  } catch (error) {
    throw explainPostgres(error, server);
  } finally {
    await db.destroy();
  }
};
