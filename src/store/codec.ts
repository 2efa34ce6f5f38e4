import { z } from "zod";
import type { Alert, WatchState } from "../watch/alert.ts";
import type { MessageRef } from "../watch/outbox.ts";
import type { WatchRecord } from "../watch/ports.ts";
import type { AlertsTable, WatchesTable } from "./schema.ts";
import { AlertBodyJson, FailingJson, RepliesJson, ToldJson } from "./state-json.ts";
import { StoreError } from "./store-error.ts";
import { VerdictJson } from "./verdict-json.ts";

/** The last instant that has four digits of year: a later one would not sort as text. */
const LAST_SORTABLE_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant as a column holds it. */
export const toColumn = (date: Date): string => new Date(Math.min(date.getTime(), LAST_SORTABLE_MS)).toISOString();

const write = <T>(schema: z.ZodType<T>, value: T): string => JSON.stringify(z.encode(schema, value));

const writeNullable = <T>(schema: z.ZodType<T>, value: T | null): string | null =>
  value === null ? null : write(schema, value);

/** Rows are a border too: somebody may have edited them, or a later version written them. */
const read = <T>(schema: z.ZodType<T>, text: string, row: string): T => {
  try {
    return z.decode(schema, JSON.parse(text));
  } catch (cause) {
    throw new StoreError(
      "corrupt",
      `The stored ${row} cannot be read. Restore the database from a backup, or delete that row to start it anew.`,
      { cause },
    );
  }
};

const readNullable = <T>(schema: z.ZodType<T>, text: string | null, row: string): T | null =>
  text === null ? null : read(schema, text, row);

type StateColumns = Pick<WatchesTable, "verdict" | "failing" | "alive_fingerprint" | "told">;

export const stateToColumns = (state: Omit<WatchState, "alert">): StateColumns => ({
  verdict: writeNullable(VerdictJson, state.verdict),
  failing: writeNullable(FailingJson, state.failing),
  alive_fingerprint: state.aliveFingerprint,
  told: writeNullable(ToldJson, state.told),
});

export const stateFromRow = (
  row: StateColumns & Pick<WatchesTable, "name">,
  alert: AlertsTable | undefined,
): WatchState => {
  const what = `state of watch ${row.name}`;
  return {
    verdict: readNullable(VerdictJson, row.verdict, what),
    failing: readNullable(FailingJson, row.failing, what),
    aliveFingerprint: row.alive_fingerprint,
    told: readNullable(ToldJson, row.told, what),
    alert: alert === undefined ? null : alertFromRow(alert),
  };
};

export const repliesToColumn = (replies: Alert["replies"]): string => write(RepliesJson, replies);

export const repliesFromRow = (row: Pick<AlertsTable, "replies" | "watch">): Alert["replies"] =>
  read(RepliesJson, row.replies, `replies of an alert of watch ${row.watch}`);

type RoundColumns = Pick<AlertsTable, "watch" | "opened_at" | "resolved_at" | "revision" | "body">;

/** The columns of an alert that a round writes. */
export const alertToColumns = (alert: Alert): RoundColumns => ({
  watch: alert.card.name,
  opened_at: toColumn(alert.openedAt),
  resolved_at: alert.resolvedAt === null ? null : toColumn(alert.resolvedAt),
  revision: alert.revision,
  body: write(AlertBodyJson, alert),
});

export const alertFromRow = (row: RoundColumns & Pick<AlertsTable, "id" | "replies">): Alert => ({
  ...read(AlertBodyJson, row.body, `alert of watch ${row.watch}`),
  id: row.id,
  openedAt: new Date(row.opened_at),
  resolvedAt: row.resolved_at === null ? null : new Date(row.resolved_at),
  revision: row.revision,
  replies: repliesFromRow(row),
});

export const refFromRow = ({ channel, ts }: Pick<AlertsTable, "channel" | "ts">): MessageRef | null =>
  channel === null || ts === null ? null : { channel, ts };

/** Where the message stands; the channel it is meant for until it is posted. */
export const channelOf = (row: AlertsTable): string => row.channel ?? alertFromRow(row).card.channel;

/** Why the last delivery failed; null when it did not. */
export const undeliveredFromRow = (row: AlertsTable): WatchRecord["undelivered"] =>
  row.last_error === null || row.retry_at === null
    ? null
    : { error: row.last_error, channel: channelOf(row), retryAt: new Date(row.retry_at) };
