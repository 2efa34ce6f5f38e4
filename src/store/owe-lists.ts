import type { Kysely } from "kysely";
import { owedRow } from "../watch/owed-row.ts";
import { toColumn } from "./columns.ts";
import { addOwed } from "./owed-rows.ts";
import { BOUND, inBatches } from "./batches.ts";
import type { AlertsTable, Schema } from "./schema.ts";

/**
 * Lists link to the homes of the alerts that they mention, so an alert's new place in Slack edits them. A list that Slack
 * does not have yet is edited too: its post may be on its way, read before the home was there.
 * @param home message that the alerts live in
 * @param alerts their rows are locked, so that no list begins to mention them meanwhile
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
      // A name for this place alone: a courier may hold a row of the usual name, and settle it.
      id: `${message}/${alert.id}/${home}/${toColumn(at)}/content`,
    })),
  );
}
