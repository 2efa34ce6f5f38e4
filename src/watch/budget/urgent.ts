import type { WatchState } from "../../alert/alert.ts";
import { DAY_MS } from "../../token/duration.ts";

/**
 * The time from which a watch is urgent. Among the due watches, urgent ones are checked first. A new problem is urgent
 * for a day, because people work on it, and a token is urgent during its last three days. Null when no time is known.
 * @param now the time of the check
 */
export function urgentFrom({ verdict, alert }: Pick<WatchState, "verdict" | "alert">, now: Date): Date | null {
  const isNew = alert !== null && alert.resolvedAt === null && now.getTime() - alert.openedAt.getTime() < DAY_MS;
  const expiry = verdict?.token?.expiry;
  const ends = expiry?.kind === "at" && expiry.at > now ? expiry.at.getTime() - LAST_DAYS_MS : Infinity;
  const from = Math.min(isNew ? alert.openedAt.getTime() : Infinity, ends);
  return Number.isFinite(from) ? new Date(from) : null;
}

const LAST_DAYS_MS = 3 * DAY_MS;
