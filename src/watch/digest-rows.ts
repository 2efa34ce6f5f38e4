import { ALWAYS_GRANTED } from "../token/always-granted.ts";
import { DAY_MS } from "../token/duration.ts";
import type { Expiry } from "../token/expiry.ts";
import { badness, type State } from "../token/findings/finding.ts";
import { type UnreadAsset, unreadAssets } from "../token/unread.ts";
import type { DigestCounts, DigestRow, DigestTable, RenewedRow, UnreadRow } from "../outbox/digest-table.ts";
import type { WatchRecord } from "./ports.ts";

/**
 * One row for each watch, up to the limit: open alerts first, then by state, then tokens with remarks, then by expiry,
 * then by name. The counts cover all watches.
 */
export function digestTable(
  records: readonly WatchRecord[],
  now: Date,
  renewed: readonly RenewedRow[] = [],
): DigestTable {
  const rows = records
    .map((record) => rowOf(record, now))
    .toSorted((a, b) => rankOf(b) - rankOf(a) || compareEnds(a, b) || (a.watch < b.watch ? -1 : 1));
  return {
    counts: countsOf(rows),
    rows: rows.slice(0, MOST_ROWS),
    more: Math.max(0, rows.length - MOST_ROWS),
    renewed,
  };
}

/** The most rows that fit one message and that a person reads. */
const MOST_ROWS = 40;

/** A token that never expires should still be replaced at this age. */
const OLD_MS = 365 * DAY_MS;

function isOld(expiry: Expiry, issuedAt: Date | null, now: Date): boolean {
  return expiry.kind === "never" && issuedAt !== null && now.getTime() - issuedAt.getTime() > OLD_MS;
}

function unreadRow({ kind, id, failure }: UnreadAsset): UnreadRow {
  return {
    kind,
    id,
    failure: { kind: failure.kind, evidence: failure.evidence },
  };
}

function rowOf({ name, state: { verdict, alert } }: WatchRecord, now: Date): DigestRow {
  const open = alert?.resolvedAt === null ? alert : undefined;
  const snoozedUntil = open?.snoozed?.until ?? null;
  const token = verdict?.token ?? undefined;
  const expiry = token?.expiry ?? { kind: "not_known" };
  return {
    watch: name,
    state: verdict?.state ?? "unknown",
    expiry,
    answeredAt: verdict?.checkedAt ?? null,
    evidence: verdict?.evidence ?? null,
    unread: verdict === null ? [] : unreadAssets(verdict).map(unreadRow),
    alert: open?.severity ?? null,
    acknowledged: (open?.acknowledged ?? null) !== null,
    snoozedUntil: snoozedUntil !== null && snoozedUntil > now ? snoozedUntil : null,
    extraScopes: (token?.extraScopes ?? []).filter((scope) => scope !== ALWAYS_GRANTED),
    old: isOld(expiry, token?.issuedAt ?? null, now),
  };
}

/** Ranks `unknown` between `expiring` and `degraded`. */
function stateRank(state: State): number {
  return state === "unknown" ? badness("expiring") + 0.5 : badness(state);
}

const ALERT_RANK = { critical: 2, warning: 1 } as const;

/** A living token with unread IDs is worse than a fully checked one. */
const UNREAD_RANK = 0.4;

/**
 * Old tokens and tokens with extra scopes come before tokens without such a remark. Only the digest shows these
 * remarks.
 */
const TIDY_RANK = 0.3;

function withinState({ unread, old, extraScopes }: DigestRow): number {
  if (unread.length > 0) return UNREAD_RANK;
  return old || extraScopes.length > 0 ? TIDY_RANK : 0;
}

function rankOf(row: DigestRow): number {
  return (row.alert === null ? 0 : ALERT_RANK[row.alert]) * 10 + stateRank(row.state) + withinState(row);
}

function endMs({ expiry }: DigestRow): number {
  return expiry.kind === "at" ? expiry.at.getTime() : Infinity;
}

function compareEnds(a: DigestRow, b: DigestRow): number {
  return endMs(a) === endMs(b) ? 0 : endMs(a) - endMs(b);
}

function countsOf(rows: readonly DigestRow[]): DigestCounts {
  const open = rows.filter(({ alert }) => alert !== null);
  const taken = open.filter(({ acknowledged }) => acknowledged);
  const snoozed = open.filter(({ acknowledged, snoozedUntil }) => !acknowledged && snoozedUntil !== null);
  return {
    states: [...Map.groupBy(rows, ({ state }) => state)]
      .map(([state, { length }]) => ({ state, count: length }))
      .toSorted((a, b) => stateRank(b.state) - stateRank(a.state)),
    alerts: open.length,
    acknowledged: taken.length,
    snoozed: snoozed.length,
    unread: rows.filter(({ state, unread }) => state === "healthy" && unread.length > 0).length,
  };
}
