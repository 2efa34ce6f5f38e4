import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Each watch has its standing in columns: state, rank and end of the token. So a program counts 100,000 watches and
 * reads the worst ones without reading their verdicts. Old rows get an estimate from the text of their verdict. The next
 * check of each watch writes the exact values.
 */
export const standing: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("watches")
    .addColumn("state", "text", (column) => column.notNull().defaultTo("unknown"))
    .execute();
  await db.schema
    .alterTable("watches")
    .addColumn("rank", "integer", (column) => column.notNull().defaultTo(50))
    .execute();
  await db.schema
    .alterTable("watches")
    .addColumn("ends_at", "text", (column) => column.notNull().defaultTo("9999-12-31T23:59:59.999Z"))
    .execute();
  for (const [state, rank] of STATES)
    await sql`update watches set state = ${state}, rank = ${rank}
      where verdict like ${`{"state":"${state}"%`}`.execute(db);
  await sql`update watches set rank = 60
    where state = 'healthy' and verdict like '%"reach":"not_known"%'`.execute(db);
  await sql`update watches set rank = 70 where rank > 70 and exists
    (select 1 from alerts where alerts.watch = watches.name and alerts.resolved_at is null)`.execute(db);
  await sql`update watches set rank = case when rank < 70 then rank else 70 end - case when rank = 50 then 11 else 1 end
    where failing is not null`.execute(db);
  // Counts by rank and state read this index alone, in its order.
  await sql`create index watches_worst on watches (rank, state, ends_at, name)`.execute(db);
}

const STATES = [
  ["expired", 10],
  ["revoked", 10],
  ["invalid", 10],
  ["degraded", 20],
  ["expiring", 30],
  ["unknown", 40],
  ["healthy", 90],
] as const;
