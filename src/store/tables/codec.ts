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

export function stateToColumns(state: Omit<WatchState, "alert">): StateColumns {
  return {
    verdict: writeNullableJson(VerdictJson, state.verdict),
    failing: writeNullableJson(FailingJson, state.failing),
    alive_fingerprint: state.aliveFingerprint,
    told: writeNullableJson(ToldJson, state.told),
  };
}

export function stateFromRow(row: StateColumns & Pick<WatchesTable, "name">): Omit<WatchState, "alert"> {
  const what = `state of watch ${row.name}`;
  return {
    verdict: readNullableJson(VerdictJson, row.verdict, what),
    failing: readNullableJson(FailingJson, row.failing, what),
    aliveFingerprint: row.alive_fingerprint,
    told: readNullableJson(ToldJson, row.told, what),
  };
}

/** Columns that a change of an alert writes. */
export function alertToColumns(alert: Alert): ChangeColumns {
  return {
    watch: alert.card.name,
    opened_at: toColumn(alert.openedAt),
    resolved_at: toNullableColumn(alert.resolvedAt),
    revision: alert.revision,
    body: writeJson(AlertBodyJson, alert),
    severity: alert.severity,
    card_channel: alert.card.channel,
  };
}

export function alertFromRow(row: AlertColumns): Alert {
  return {
    ...readJson(AlertBodyJson, row.body, `alert of watch ${row.watch}`),
    id: row.id,
    openedAt: new Date(row.opened_at),
    resolvedAt: fromNullableColumn(row.resolved_at),
    revision: row.revision,
    acceptedAt: fromNullableColumn(row.accepted_at),
  };
}

export function refFromRow({ channel, ts }: Pick<MessagesTable, "channel" | "ts">): MessageRef | null {
  return channel === null || ts === null ? null : { channel, ts };
}

type StateColumns = Pick<WatchesTable, "verdict" | "failing" | "alive_fingerprint" | "told">;

type ChangeColumns = Pick<
  AlertsTable,
  "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "severity" | "card_channel"
>;

type AlertColumns = Pick<
  AlertsTable,
  "id" | "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "accepted_at"
>;
