import type { Snooze, WatchState } from "./alert.ts";

/**
 * Replaces times from a clock that was set back since with the present time. Otherwise reminders, escalation and "could
 * not check" would stop until the clock reaches the old time again.
 */
export function settleClock(state: WatchState, now: Date): WatchState {
  const notLater = (at: Date): Date => (at > now ? now : at);
  const { failing, alert } = state;
  return {
    ...state,
    failing: failing === null ? null : { ...failing, since: notLater(failing.since) },
    alert:
      alert === null
        ? null
        : {
            ...alert,
            spokeAt: notLater(alert.spokeAt),
            criticalSince: alert.criticalSince === null ? null : notLater(alert.criticalSince),
            snoozed: alert.snoozed === null ? null : asOf(alert.snoozed, now),
            reopened: alert.reopened === null ? null : { ...alert.reopened, at: notLater(alert.reopened.at) },
            acceptedAt: alert.acceptedAt === null ? null : notLater(alert.acceptedAt),
            escalatedAt: alert.escalatedAt === null ? null : notLater(alert.escalatedAt),
          },
  };
}

/** Moves a snooze that begins in the future to now, and keeps its length. */
function asOf(snooze: Snooze, now: Date): Snooze {
  const aheadMs = snooze.at.getTime() - now.getTime();
  return aheadMs <= 0 ? snooze : { ...snooze, at: now, until: new Date(snooze.until.getTime() - aheadMs) };
}
