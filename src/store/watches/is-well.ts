import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { Unreadable } from "../tables/unreadable.ts";

/**
 * SQL that is true for a watch that surely needs nobody. It compares text instead of reading JSON, so that 100,000
 * watches are counted quickly. A row in another form is never counted as well, only read in full.
 * @param unreadable rows that this program could not read are not well
 */
export function isWell(unreadable: Pick<Unreadable, "known">): RawBuilder<SqlBool> {
  const bad = unreadable.known().flatMap(({ table, id }) => (table === "watches" ? [id] : []));
  // With very many unreadable rows nothing is surely well, and a statement takes only so many values.
  if (bad.length > MOST_BAD) return sql<SqlBool>`(1 = 0)`;
  const readable = bad.length === 0 ? sql<SqlBool>`1 = 1` : sql<SqlBool>`name not in (${sql.join(bad)})`;
  return sql<SqlBool>`(
    failing is null
    and substr(coalesce(verdict, ''), 1, ${sql.lit(WELL.length)}) = ${sql.lit(WELL)}
    and verdict not like '%"reach":"not_known"%'
    and not exists (select 1 from alerts where alerts.watch = watches.name and alerts.resolved_at is null)
    and ${readable})`;
}

const MOST_BAD = 1_000;

/** How the JSON of a good verdict begins. `VerdictJson` gives the order of its fields. */
const WELL = '{"state":"healthy","alive":true,"findings":[],"failure":null,';
