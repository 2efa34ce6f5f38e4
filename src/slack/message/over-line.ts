import type { Alert } from "../../watch/alert.ts";

/** The first line of a list of which no alert is open any more. What left the watchlist is over, but maybe not fixed. */
export function overLine(alerts: readonly Alert[]): string {
  const isFixed = alerts.every(({ resolution }) => resolution !== "unwatched");
  if (!isFixed) return "Over: none of these alerts is open.";
  return alerts.length === 1 ? "Fixed: the alert below." : `Fixed: all ${alerts.length} alerts.`;
}
