import { DAY_MS } from "../token/duration.ts";
import type { Expiry } from "../token/expiry.ts";
import { badness, type State } from "../token/finding.ts";
import type { DigestRow } from "./note.ts";
import type { WatchRecord } from "./ports.ts";

/** What one message holds and a person reads. */
const MOST_ROWS = 40;

/** Older than this, a token without end should be replaced all the same. */
const OLD_MS = 365 * DAY_MS;

const isOld = (expiry: Expiry, issuedAt: Date | null, now: Date): boolean =>
  expiry.kind === "never" && issuedAt !== null && now.getTime() - issuedAt.getTime() > OLD_MS;

const rowOf = ({ name, state: { verdict, alert } }: WatchRecord, now: Date): DigestRow => {
  const open = alert?.resolvedAt === null ? alert : undefined;
  const token = verdict?.token ?? undefined;
  const expiry = token?.expiry ?? { kind: "not_known" };
  return {
    watch: name,
    state: verdict?.state ?? "unknown",
    expiry,
    answeredAt: verdict?.checkedAt ?? null,
    alert: open?.severity ?? null,
    acknowledged: (open?.acknowledged ?? null) !== null,
    extraScopes: token?.extraScopes ?? [],
    old: isOld(expiry, token?.issuedAt ?? null, now),
  };
};

/** Not to know is worse than a token that lives, and better than one that fails. */
const stateRank = (state: State): number => (state === "unknown" ? badness("expiring") + 0.5 : badness(state));

const ALERT_RANK = { critical: 2, warning: 1 } as const;

const rankOf = ({ alert, state }: DigestRow): number =>
  (alert === null ? 0 : ALERT_RANK[alert]) * 10 + stateRank(state);

const endMs = ({ expiry }: DigestRow): number => (expiry.kind === "at" ? expiry.at.getTime() : Infinity);

const compareEnds = (a: DigestRow, b: DigestRow): number => (endMs(a) === endMs(b) ? 0 : endMs(a) - endMs(b));

/**
 * One line for each watch, as many as people read: open alerts first, then by state, then what ends sooner, then by
 * name. `more` counts those left out.
 */
export const digestRows = (
  records: readonly WatchRecord[],
  now: Date,
): { readonly rows: readonly DigestRow[]; readonly more: number } => {
  const rows = records
    .map((record) => rowOf(record, now))
    .toSorted((a, b) => rankOf(b) - rankOf(a) || compareEnds(a, b) || (a.watch < b.watch ? -1 : 1));
  return { rows: rows.slice(0, MOST_ROWS), more: Math.max(0, rows.length - MOST_ROWS) };
};
