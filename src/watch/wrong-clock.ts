import type { Snooze, WatchState } from "./alert.ts";

/** Somebody asked for so long a rest, whatever the clock showed. */
const asOf = (snooze: Snooze, now: Date): Snooze => {
  const aheadMs = snooze.at.getTime() - now.getTime();
  return aheadMs <= 0 ? snooze : { ...snooze, at: now, until: new Date(snooze.until.getTime() - aheadMs) };
};

/**
 * What was noted by a clock that has been set back since counts as noted now: else reminders, escalation and "could not
 * check" would fall silent until the old time comes again.
 */
export const settleClock = (state: WatchState, now: Date): WatchState => {
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
};
