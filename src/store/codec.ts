import type { Alert, WatchState } from "../watch/alert.ts";
import type { MessageRef } from "../watch/outbox.ts";
import {
  fromNullableColumn,
  readJson,
  readNullableJson,
  toColumn,
  toNullableColumn,
  writeJson,
  writeNullableJson,
} from "./columns.ts";
import type { AlertsTable, WatchesTable } from "./schema.ts";
import { AlertBodyJson, FailingJson, RepliesJson, ToldJson } from "./state-json.ts";
import { VerdictJson } from "./verdict-json.ts";

type StateColumns = Pick<WatchesTable, "verdict" | "failing" | "alive_fingerprint" | "told">;

export const stateToColumns = (state: Omit<WatchState, "alert">): StateColumns => ({
  verdict: writeNullableJson(VerdictJson, state.verdict),
  failing: writeNullableJson(FailingJson, state.failing),
  alive_fingerprint: state.aliveFingerprint,
  told: writeNullableJson(ToldJson, state.told),
});

export const stateFromRow = (
  row: StateColumns & Pick<WatchesTable, "name">,
  alert: AlertsTable | undefined,
): WatchState => {
  const what = `state of watch ${row.name}`;
  return {
    verdict: readNullableJson(VerdictJson, row.verdict, what),
    failing: readNullableJson(FailingJson, row.failing, what),
    aliveFingerprint: row.alive_fingerprint,
    told: readNullableJson(ToldJson, row.told, what),
    alert: alert === undefined ? null : alertFromRow(alert),
  };
};

/** What a person just did comes first, then what is critical. */
const priorityOf = (severity: Alert["severity"], owed: Alert["replies"]): number => {
  if (owed.some(({ by }) => by !== null)) return 0;
  return severity === "critical" ? 1 : 2;
};

/** The columns that follow from which replies are still owed. */
export const repliesToColumns = (
  severity: Alert["severity"],
  owed: Alert["replies"],
): Pick<AlertsTable, "replies" | "priority"> => ({
  replies: writeJson(RepliesJson, owed),
  priority: priorityOf(severity, owed),
});

export const repliesFromRow = (row: Pick<AlertsTable, "replies" | "watch">): Alert["replies"] =>
  readJson(RepliesJson, row.replies, `replies of an alert of watch ${row.watch}`);

type RoundColumns = Pick<
  AlertsTable,
  "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "severity" | "card_channel"
>;

/** The columns of an alert that a round writes. */
export const alertToColumns = (alert: Alert): RoundColumns => ({
  watch: alert.card.name,
  opened_at: toColumn(alert.openedAt),
  resolved_at: toNullableColumn(alert.resolvedAt),
  revision: alert.revision,
  body: writeJson(AlertBodyJson, alert),
  severity: alert.severity,
  card_channel: alert.card.channel,
});

type AlertColumns = Pick<AlertsTable, "id" | "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "replies">;

export const alertFromRow = (row: AlertColumns): Alert => ({
  ...readJson(AlertBodyJson, row.body, `alert of watch ${row.watch}`),
  id: row.id,
  openedAt: new Date(row.opened_at),
  resolvedAt: fromNullableColumn(row.resolved_at),
  revision: row.revision,
  replies: repliesFromRow(row),
});

export const refFromRow = ({ channel, ts }: Pick<AlertsTable, "channel" | "ts">): MessageRef | null =>
  channel === null || ts === null ? null : { channel, ts };
