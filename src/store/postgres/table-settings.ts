import { type Kysely, sql } from "kysely";
import type { Schema } from "../tables/schema.ts";

/**
 * Applies the storage settings of the tables whose rows change all the time. It may run again at any time. The settings
 * apply to pages written from then on, so no table is rewritten.
 */
export async function setTableSettings(db: Kysely<Schema>): Promise<void> {
  for (const [table, settings] of Object.entries(TABLE_SETTINGS)) {
    const listed = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    await sql`alter table ${sql.table(table)} set (${sql.raw(listed.join(", "))})`.execute(db);
  }
}

/**
 * Vacuum a table when 1 % of its rows are dead (PostgreSQL's default: 20 %). An update that fits on its page and changes
 * no indexed column writes to no index (HOT), so pages keep room for such updates. Measured: docs/scale.md.
 */
const OFTEN = { autovacuum_vacuum_scale_factor: 0.01, autovacuum_analyze_scale_factor: 0.02 } as const;

export const TABLE_SETTINGS: Readonly<Partial<Record<keyof Schema, Readonly<Record<string, number>>>>> = {
  // Two updates for each inspection: the claim (HOT) and the result.
  watches: { fillfactor: 85, ...OFTEN },
  // A claim and an attempt change no indexed column.
  messages: { fillfactor: 85, ...OFTEN },
  alerts: { fillfactor: 85, ...OFTEN },
  // Rows are inserted and deleted. Only few rows are updated, so full pages are best.
  owed: OFTEN,
};
