import type { WatchState } from "../../alert/alert.ts";
import { DAY_MS } from "../../token/duration.ts";

/**
 * The time from which a watch is urgent, when it is urgent at its next check. Among the due watches, urgent ones are
 * checked first. A new problem is urgent for a day, because people work on it, and a token is urgent during its last
 * three days. Null when the next check is not urgent.
 * @param now the time of the check
 */
export function urgentFrom(
  { verdict, alert }: Pick<WatchState, "verdict" | "alert">,
  now: Date,
  nextDueAt: Date,
): Date | null {
  const isNew = alert !== null && alert.resolvedAt === null && now.getTime() - alert.openedAt.getTime() < DAY_MS;
  const expiry = verdict?.token?.expiry;
  const ends = expiry?.kind === "at" && expiry.at > now ? expiry.at.getTime() - LAST_DAYS_MS : Infinity;
  const from = Math.min(isNew ? alert.openedAt.getTime() : Infinity, ends);
  return from <= nextDueAt.getTime() ? new Date(from) : null;
}

const LAST_DAYS_MS = 3 * DAY_MS;
