import type { Alert, WatchState } from "../../alert/alert.ts";
import type { MessageRef } from "../../outbox/message.ts";
import type { Renewal } from "../../renewal/renewal.ts";
import { standingOf } from "../../watch/standing.ts";
import {
  fromNullableColumn,
  readJson,
  readNullableJson,
  toColumn,
  toNullableColumn,
  writeJson,
  writeNullableJson,
} from "./columns.ts";
import { RenewalBodyJson } from "./renewal-json.ts";
import type { AlertsTable, MessagesTable, RenewalsTable, WatchesTable } from "./schema.ts";
import { AlertBodyJson, FailingJson, ToldJson } from "./state-json.ts";
import { VerdictJson } from "./verdict-json.ts";

/** Columns that an inspection writes. */
export function stateToColumns(state: WatchState): StateColumns & StandingColumns {
  const standing = standingOf(state);
  return {
    state: standing.state,
    rank: standing.rank,
    ends_at: toNullableColumn(standing.endsAt) ?? NO_END,
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

/** Columns that a change of a renewal writes. */
export function renewalToColumns(renewal: Renewal): RenewalColumns {
  return {
    watch: renewal.watch,
    place_key: renewal.place?.key ?? null,
    revision: renewal.revision,
    started_at: toColumn(renewal.startedAt),
    ended_at: toNullableColumn(renewal.endedAt),
    previous_kept: renewal.previousKept ? 1 : 0,
    body: writeJson(RenewalBodyJson, renewal),
  };
}

export function renewalFromRow(row: RenewalColumns & Pick<RenewalsTable, "id">): Renewal {
  return {
    ...readJson(RenewalBodyJson, row.body, `renewal of watch ${row.watch}`),
    id: row.id,
    watch: row.watch,
    startedAt: new Date(row.started_at),
    endedAt: fromNullableColumn(row.ended_at),
    previousKept: row.previous_kept !== 0,
    revision: row.revision,
  };
}

export function refFromRow({ channel, ts }: Pick<MessagesTable, "channel" | "ts">): MessageRef | null {
  return channel === null || ts === null ? null : { channel, ts };
}

/** In place of the end of a token without a known end: sorts last. */
const NO_END = "9999-12-31T23:59:59.999Z";

type StandingColumns = Pick<WatchesTable, "state" | "rank" | "ends_at">;

type StateColumns = Pick<WatchesTable, "verdict" | "failing" | "alive_fingerprint" | "told">;

type ChangeColumns = Pick<
  AlertsTable,
  "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "severity" | "card_channel"
>;

type RenewalColumns = Pick<
  RenewalsTable,
  "watch" | "place_key" | "revision" | "started_at" | "ended_at" | "previous_kept" | "body"
>;

type AlertColumns = Pick<
  AlertsTable,
  "id" | "watch" | "opened_at" | "resolved_at" | "revision" | "body" | "accepted_at"
>;
