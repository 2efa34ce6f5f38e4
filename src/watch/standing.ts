import { isPartlyChecked } from "../token/unread.ts";
import { isCritical, isDead, type State } from "../token/findings/finding.ts";
import type { WatchState } from "../alert/alert.ts";

/** Where a watch stands among all watches. The store keeps it beside the state, to sort and to count watches. */
export interface Standing {
  /** The state of the last answer; `unknown` before the first. */
  readonly state: State;
  /** Smaller is worse. Between 1 and `RANKS.well`. */
  readonly rank: number;
  /** The end of the token; null when it has none, or when the end is not known. */
  readonly endsAt: Date | null;
}

/**
 * Worst first: dead, degraded, expiring, unknown, not checked yet, alive but not fully checked, healthy with an alert or
 * a failing check. Within each, critical findings and failing checks come first. `well`: needs nobody.
 */
export const RANKS = {
  dead: 10,
  degraded: 20,
  expiring: 30,
  unknown: 40,
  waiting: 50,
  unread: 60,
  open: 70,
  well: 90,
} as const;

export function standingOf({ verdict, failing, alert }: Pick<WatchState, "verdict" | "failing" | "alert">): Standing {
  const state = verdict?.state ?? "unknown";
  const expiry = verdict?.token?.expiry;
  const endsAt = expiry?.kind === "at" ? expiry.at : null;
  if (verdict === null && failing === null) return { state, rank: RANKS.waiting, endsAt };
  const isOpen = alert !== null && alert.resolvedAt === null;
  const isCalled = verdict?.findings.some(isCritical) === true;
  const isOverdue = isOpen && alert.failing !== null;
  const band = bandOf(state, verdict !== null && isPartlyChecked(verdict), isOverdue);
  if (band === RANKS.well && !isOpen && failing === null) return { state, rank: band, endsAt };
  return { state, rank: Math.min(band, RANKS.open) - (isCalled ? 2 : 0) - (failing === null ? 0 : 1), endsAt };
}

/** A good answer that no recent check confirmed counts as unknown. */
function bandOf(state: State, isUnread: boolean, isOverdue: boolean): number {
  if (isDead(state)) return RANKS.dead;
  if (state === "degraded" || state === "expiring") return RANKS[state];
  if (state === "unknown" || isOverdue) return RANKS.unknown;
  return isUnread ? RANKS.unread : RANKS.well;
}
