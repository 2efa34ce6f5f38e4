import { type Kysely, sql } from "kysely";
import { nameOf, type PostgresServer } from "./server.ts";
import type { Schema } from "../tables/schema.ts";
import { StoreError } from "../store-error.ts";

/**
 * Names and messages can hold any character. Another encoding would fail at a later save, so the start fails instead.
 */
export async function refuseOtherEncodings(db: Kysely<Schema>, server: PostgresServer): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  const encoding = rows[0]?.server_encoding ?? "";
  if (encoding !== "UTF8")
    throw new StoreError(
      "refused",
      `The database ${nameOf(server)} stores text as ${encoding}, which cannot hold every name. Create a database with createdb --encoding=UTF8 --template=template0.`,
    );
}

/** The schema that holds the tables or can hold them. Throws a StoreError when there is none. */
export async function usableSchema(db: Kysely<Schema>, server: PostgresServer): Promise<string> {
  const { rows } = await sql<{ schema: string | null; usable: boolean }>`
    select current_schema() as schema,
      to_regclass('watches') is not null or has_schema_privilege(current_schema(), 'create') as usable`.execute(db);
  const { schema = null, usable = false } = rows[0] ?? {};
  // Checked here, because Kysely's migrator hides the reason when it cannot create its first table.
  if (schema === null || !usable)
    throw new StoreError(
      "refused",
      `The database ${nameOf(server)} has no schema in which ${server.user} can create tables. Ask its owner to run: create schema authorization "${server.user}".`,
    );
  return schema;
}
