import { type Kysely, sql } from "kysely";
import type { Budget } from "../../watch/budget/budget.ts";
import { pendingSteps } from "../migrations.ts";
import { inReadOnly } from "./in-read-only.ts";
import { nameOf, type PostgresServer } from "./server.ts";
import type { Schema } from "../tables/schema.ts";
import type { SharedDeadline } from "../../watch/ports.ts";
import { readBudgets } from "../watches/budgets.ts";
import { readDeadlines } from "../watches/shared-deadlines.ts";

export interface PostgresInspection {
  readonly kind: "there";
  /** Upgrade steps that the bot runs at its next start. */
  readonly pending: number;
  readonly watches: number;
  /** What Meta said about the limits of its apps. Empty before an upgrade. */
  readonly budgets: ReadonlyMap<string, Budget>;
  /** The deadlines that replicas share. Empty before an upgrade. */
  readonly deadlines: ReadonlyMap<string, SharedDeadline>;
}

/**
 * Reports the state that a bot would find on this server. It creates, changes and locks nothing, so bots of an earlier
 * version can keep running. Throws the StoreError that would stop the bot.
 */
export async function inspectPostgres(server: PostgresServer): Promise<PostgresInspection> {
  return inReadOnly(server, {
    before: refuseReadOnly,
    read: async (trx, schema) => look(trx, server, schema),
  });
}

/** SQLSTATE of a refused write. The bot would get it from a standby. */
const READ_ONLY = "25006";

async function refuseReadOnly(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ transaction_read_only: string }>`show transaction_read_only`.execute(db);
  if (rows[0]?.transaction_read_only === "on")
    throw Object.assign(new Error("the database is read-only"), { code: READ_ONLY });
}

async function look(trx: Kysely<Schema>, server: PostgresServer, schema: string): Promise<PostgresInspection> {
  const pending = await pendingSteps(trx, nameOf(server), schema);
  const { rows } = await sql<{ made: boolean }>`select to_regclass('watches') is not null as made`.execute(trx);
  const watches = rows[0]?.made === true ? await countWatches(trx) : 0;
  const budgets = pending.length === 0 ? await readBudgets(trx) : new Map<string, Budget>();
  const deadlines = pending.length === 0 ? await readDeadlines(trx) : new Map<string, SharedDeadline>();
  return { kind: "there", pending: pending.length, watches, budgets, deadlines };
}

async function countWatches(trx: Kysely<Schema>): Promise<number> {
  const counted = trx.selectFrom("watches").select((is) => is.fn.countAll().as("count"));
  return Number((await counted.executeTakeFirstOrThrow()).count);
}
