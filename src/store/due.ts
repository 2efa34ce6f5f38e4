import { type RawBuilder, sql, type SqlBool } from "kysely";
import { latestOf } from "./claiming.ts";
import { toColumn } from "./columns.ts";

/** The time of an owed row has come; one that lies far ahead was written by a clock that was set back since. */
export function isDue(now: Date): RawBuilder<SqlBool> {
  return sql<SqlBool>`(owed.at <= ${toColumn(now)} or owed.at > ${latestOf(now)})`;
}
