import { type Kysely, sql } from "kysely";
import { TABLE_SETTINGS } from "../../../src/store/postgres/table-settings.ts";

type Settings = Readonly<Record<string, readonly string[]>>;

/** The settings that each table has in the catalogue of the database. */
export const storedSettings = async <DB>(db: Kysely<DB>): Promise<Settings> => {
  const { rows } = await sql<{ name: string; options: readonly string[] }>`
    select relname as name, reloptions as options from pg_class
      where relkind = 'r' and reloptions is not null and relnamespace = current_schema()::regnamespace`.execute(db);
  return Object.fromEntries(rows.map(({ name, options }) => [name, options.toSorted()]));
};

/** The settings that each table must have. */
export const EXPECTED_SETTINGS: Settings = Object.fromEntries(
  Object.entries(TABLE_SETTINGS).map(([table, settings]) => [
    table,
    Object.entries(settings)
      .map((setting) => setting.join("="))
      .toSorted(),
  ]),
);
