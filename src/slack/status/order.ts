import { isPartlyChecked } from "../../token/unread.ts";
import { badness, isCritical, type State } from "../../token/finding.ts";
import type { WatchRecord } from "../../watch/ports.ts";

/** The state shown for a watch: that of its last answer. Before the first one nothing is known. */
const stateOf = ({ state }: Pick<WatchRecord, "state">): State => state.verdict?.state ?? "unknown";

/** Not checked for so long that people were told: an open alert says so (its rules know the time). */
const isOverdue = ({ state: { alert } }: Pick<WatchRecord, "state">): boolean =>
  alert !== null && alert.resolvedAt === null && alert.failing !== null;

const UNKNOWN_WEIGHT = 0.5;

/** Alive and not fully checked: less than healthy, more than not known. */
const UNREAD_WEIGHT = 0.3;

/** Worse is larger: dead, degraded, expiring, not known, healthy; within them what lies open weighs more. */
const weight = (record: WatchRecord): number => {
  const shown = stateOf(record);
  const known = shown === "unknown" ? UNKNOWN_WEIGHT : Math.max(badness(shown), unreadWeight(record));
  // A good answer that nobody could repeat is worth no more than none.
  const base = isOverdue(record) ? Math.max(known, UNKNOWN_WEIGHT) : known;
  const critical = record.state.verdict?.findings.some(isCritical) === true ? 0.2 : 0;
  const open =
    record.state.failing !== null || record.undelivered !== null || record.unreadable !== undefined ? 0.1 : 0;
  return base + critical + open;
};

const unreadWeight = ({ state: { verdict } }: WatchRecord): number =>
  verdict !== null && isPartlyChecked(verdict) ? UNREAD_WEIGHT : 0;

const endOf = ({ state }: WatchRecord): number => {
  const expiry = state.verdict?.token?.expiry;
  return expiry?.kind === "at" ? expiry.at.getTime() : Number.MAX_SAFE_INTEGER;
};

/** Worst first, then soonest to end, then by name. */
export const worstFirst = (records: readonly WatchRecord[]): readonly WatchRecord[] =>
  records.toSorted((a, b) => weight(b) - weight(a) || endOf(a) - endOf(b) || a.name.localeCompare(b.name, "en"));
