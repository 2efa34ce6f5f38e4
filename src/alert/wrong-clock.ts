import { notAfter } from "../token/set-back.ts";
import type { Snooze, WatchState } from "./alert.ts";

/**
 * Replaces times from a clock that was set back since with the present time. Otherwise reminders, escalation and "could
 * not check" would stop until the clock reaches the old time again.
 */
export function settleClock(state: WatchState, now: Date): WatchState {
  const settled = (at: Date): Date => notAfter(at, now);
  const { failing, alert } = state;
  return {
    ...state,
    failing: failing === null ? null : { ...failing, since: settled(failing.since) },
    alert:
      alert === null
        ? null
        : {
            ...alert,
            spokeAt: settled(alert.spokeAt),
            criticalSince: alert.criticalSince === null ? null : settled(alert.criticalSince),
            snoozed: alert.snoozed === null ? null : asOf(alert.snoozed, now),
            reopened: alert.reopened === null ? null : { ...alert.reopened, at: settled(alert.reopened.at) },
            acceptedAt: alert.acceptedAt === null ? null : settled(alert.acceptedAt),
            escalatedAt: alert.escalatedAt === null ? null : settled(alert.escalatedAt),
          },
  };
}

/** Moves a snooze that begins in the future to now, and keeps its length. */
function asOf(snooze: Snooze, now: Date): Snooze {
  const at = notAfter(snooze.at, now);
  const lengthMs = snooze.until.getTime() - snooze.at.getTime();
  return { ...snooze, at, until: new Date(at.getTime() + lengthMs) };
}
