import type { Kysely } from "kysely";
import { owedRow } from "../../outbox/owed-row.ts";
import { toColumn } from "../tables/columns.ts";
import { addOwed } from "./owed-rows.ts";
import { BOUND, inBatches } from "../tables/batches.ts";
import type { AlertsTable, Schema } from "../tables/schema.ts";

/**
 * Owes an edit of each list that mentions these alerts, because lists link to the homes of their alerts. This includes
 * lists that Slack does not have yet: their post may be on its way with the old links.
 * @param home the message that is now the home of the alerts
 * @param alerts IDs of alerts; their rows are locked, so that no list starts to mention them meanwhile
 */
export async function oweLists(trx: Kysely<Schema>, home: string, alerts: readonly string[], at: Date): Promise<void> {
  const mentioned = new Map<string, Pick<AlertsTable, "id" | "revision" | "severity">>();
  for await (const ids of inBatches(alerts, BOUND)) {
    const rows = await trx
      .selectFrom("mentions")
      .innerJoin("alerts", "alerts.id", "mentions.alert_id")
      .select(["mentions.message_id as list", "alerts.id", "alerts.revision", "alerts.severity"])
      .where("mentions.alert_id", "in", ids)
      .where("alerts.message_id", "=", home)
      .execute();
    for (const { list, ...alert } of rows) mentioned.set(list, alert);
  }
  await addOwed(
    trx,
    [...mentioned].map(([message, alert]) => ({
      ...owedRow({ message, alert, severity: alert.severity, what: "content", at }),
      // The ID contains the home. A courier may hold a row with the usual ID and delete it, and the edit would be lost.
      id: `${message}/${alert.id}/${home}/${toColumn(at)}/content`,
    })),
  );
}
