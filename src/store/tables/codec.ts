import type { Alert, WatchState } from "../../alert/alert.ts";
import type { MessageRef } from "../../outbox/message.ts";
import {
  fromNullableColumn,
  readJson,
  readNullableJson,
  toColumn,
  toNullableColumn,
  writeJson,
  writeNullableJson,
} from "./columns.ts";
import type { AlertsTable, MessagesTable, WatchesTable } from "./schema.ts";
import { AlertBodyJson, FailingJson, ToldJson } from "./state-json.ts";
import { VerdictJson } from "./verdict-json.ts";

type StateColumns = Pick<WatchesTable, "verdict" | "failing" | "alive_fingerprint" | "told">;

export const stateToColumns = (state: Omit<WatchState, "alert">): StateColumns => ({
  verdict: writeNullableJson(VerdictJson, state.verdict),
  failing: writeNullableJson(FailingJson, state.failing),
  alive_fingerprint: state.aliveFingerprint,
  told: writeNullableJson(ToldJson, state.told),
});

export const stateFromRow = (row: StateColumns & Pick<WatchesTable, "name">): Omit<WatchState, "alert"> => {
  const what = `state of watch ${row.name}`;
  return {
    verdict: readNullableJson(VerdictJson, row.verdict, what),
    failing: readNullableJson(FailingJson, row.failing, what),
    aliveFingerprint: row.alive_fingerprint,
    told: readNullableJson(ToldJson, row.told, what),
  };
};

type ChangeColumns = Pick<
  AlertsTable,
  "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "severity" | "card_channel"
>;

/** Columns that a change of an alert writes. */
export const alertToColumns = (alert: Alert): ChangeColumns => ({
  watch: alert.card.name,
  opened_at: toColumn(alert.openedAt),
  resolved_at: toNullableColumn(alert.resolvedAt),
  revision: alert.revision,
  body: writeJson(AlertBodyJson, alert),
  severity: alert.severity,
  card_channel: alert.card.channel,
});

type AlertColumns = Pick<
  AlertsTable,
  "id" | "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "accepted_at"
>;

export const alertFromRow = (row: AlertColumns): Alert => ({
  ...readJson(AlertBodyJson, row.body, `alert of watch ${row.watch}`),
  id: row.id,
  openedAt: new Date(row.opened_at),
  resolvedAt: fromNullableColumn(row.resolved_at),
  revision: row.revision,
  acceptedAt: fromNullableColumn(row.accepted_at),
});

export const refFromRow = ({ channel, ts }: Pick<MessagesTable, "channel" | "ts">): MessageRef | null =>
  channel === null || ts === null ? null : { channel, ts };
