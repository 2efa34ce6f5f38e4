import { ALWAYS_GRANTED } from "../token/always-granted.ts";
import { DAY_MS } from "../token/duration.ts";
import type { Expiry } from "../token/expiry.ts";
import { badness, type State } from "../token/findings/finding.ts";
import { type UnreadAsset, unreadAssets } from "../token/unread.ts";
import type { DigestRow, DigestTable, UnreadRow } from "../outbox/digest-table.ts";
import type { WatchRecord } from "./ports.ts";

/** The table of one digest, made of some watches at a time. It keeps only the rows that it shows. */
export interface DigestTableBuilder {
  readonly add: (records: readonly WatchRecord[]) => void;
  readonly table: (more: Pick<DigestTable, "renewed" | "fleets">) => DigestTable;
}

/**
 * One row for each watch, up to the limit: open alerts first, then by state, then tokens with remarks, then by expiry,
 * then by name. The counts cover all watches.
 */
export function buildDigestTable(now: Date): DigestTableBuilder {
  let rows: readonly DigestRow[] = [];
  let total = 0;
  const states = new Map<State, number>();
  const counts = { alerts: 0, acknowledged: 0, snoozed: 0, unread: 0 };

  const count = ({ state, alert, acknowledged, snoozedUntil, unread }: DigestRow): void => {
    total++;
    states.set(state, (states.get(state) ?? 0) + 1);
    if (alert !== null) counts.alerts++;
    if (alert !== null && acknowledged) counts.acknowledged++;
    if (alert !== null && !acknowledged && snoozedUntil !== null) counts.snoozed++;
    if (state === "healthy" && unread.length > 0) counts.unread++;
  };

  return {
    add: (records) => {
      const more = records.map((record) => rowOf(record, now));
      for (const row of more) count(row);
      rows = [...rows, ...more].toSorted(worstFirst).slice(0, MOST_ROWS);
    },
    table: ({ renewed, fleets }) => ({
      counts: {
        states: Array.from(states, ([state, number]) => ({ state, count: number })).toSorted(
          (a, b) => stateRank(b.state) - stateRank(a.state),
        ),
        ...counts,
      },
      rows,
      more: total - rows.length,
      renewed,
      fleets,
    }),
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

function worstFirst(a: DigestRow, b: DigestRow): number {
  return rankOf(b) - rankOf(a) || compareEnds(a, b) || (a.watch < b.watch ? -1 : 1);
}
