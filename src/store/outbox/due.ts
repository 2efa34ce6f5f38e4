import { type RawBuilder, sql, type SqlBool } from "kysely";
import { latestOf } from "../claiming.ts";
import { toColumn } from "../tables/columns.ts";

/**
 * SQL that is true for an owed row that is due. A row far in the future is due too, because it was written before the
 * clock was set back.
 */
export function isDue(now: Date): RawBuilder<SqlBool> {
  return sql<SqlBool>`(owed.at <= ${toColumn(now)} or owed.at > ${latestOf(now)})`;
}
