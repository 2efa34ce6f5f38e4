import { type RawBuilder, sql, type SqlBool } from "kysely";
import { isOwedByGroup } from "./owed.ts";

/** Quiet hours let it through: it is critical, or a person answered what Slack shows already. */
export const isUrgent: RawBuilder<SqlBool> = sql<SqlBool>`
  (priority <= 1 and (severity = 'critical' or ts is not null))`;

/** The same for a group, beside the highest priority of what its alerts owe. */
export const isUrgentGroup: RawBuilder<SqlBool> = sql<SqlBool>`
  (owed.priority <= 1 and (groups.ts is not null or exists (
    select 1 from alerts
    where alerts.group_id = groups.id and alerts.severity = 'critical' and ${isOwedByGroup})))`;

/** 1 or 0 in every database. */
export const asNumber = (statement: RawBuilder<SqlBool>): RawBuilder<number> =>
  sql<number>`case when ${statement} then 1 else 0 end`;
