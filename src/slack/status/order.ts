import { isPartlyChecked } from "../../token/unread.ts";
import { badness, isCritical, type State } from "../../token/findings/finding.ts";
import type { WatchRecord } from "../../watch/ports.ts";

/** Worst first, then earliest expiry, then by name. */
export function worstFirst(records: readonly WatchRecord[]): readonly WatchRecord[] {
  return records.toSorted((a, b) => weight(b) - weight(a) || endOf(a) - endOf(b) || a.name.localeCompare(b.name, "en"));
}

/** The state of the last answer; "unknown" before the first answer. */
function stateOf({ state }: Pick<WatchRecord, "state">): State {
  return state.verdict?.state ?? "unknown";
}

/** True when the watch has an open alert about failing checks. The alert's rules decide how long is too long. */
function isOverdue({ state: { alert } }: Pick<WatchRecord, "state">): boolean {
  return alert !== null && alert.resolvedAt === null && alert.failing !== null;
}

const UNKNOWN_WEIGHT = 0.5;

/** Alive but not fully checked: between healthy and unknown. */
const UNREAD_WEIGHT = 0.3;

/** A larger weight is worse: dead, degraded, expiring, unknown, healthy. Within a state, open problems add weight. */
function weight(record: WatchRecord): number {
  const shown = stateOf(record);
  const known = shown === "unknown" ? UNKNOWN_WEIGHT : Math.max(badness(shown), unreadWeight(record));
  // A good answer that no recent check confirmed counts as unknown.
  const base = isOverdue(record) ? Math.max(known, UNKNOWN_WEIGHT) : known;
  const critical = record.state.verdict?.findings.some(isCritical) === true ? 0.2 : 0;
  const open =
    record.state.failing !== null || record.undelivered !== null || record.unreadable !== undefined ? 0.1 : 0;
  return base + critical + open;
}

function unreadWeight({ state: { verdict } }: WatchRecord): number {
  return verdict !== null && isPartlyChecked(verdict) ? UNREAD_WEIGHT : 0;
}

function endOf({ state }: WatchRecord): number {
  const expiry = state.verdict?.token?.expiry;
  return expiry?.kind === "at" ? expiry.at.getTime() : Number.MAX_SAFE_INTEGER;
}
