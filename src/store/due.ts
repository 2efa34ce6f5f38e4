import { type RawBuilder, sql, type SqlBool } from "kysely";
import { latestOf } from "./claiming.ts";
import { toColumn } from "./columns.ts";

/** True for an owed row whose time has come, or whose time is so far ahead that a clock was set back since. */
export function isDue(now: Date): RawBuilder<SqlBool> {
  return sql<SqlBool>`(owed.at <= ${toColumn(now)} or owed.at > ${latestOf(now)})`;
}
