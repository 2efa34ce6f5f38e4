import type { WatchState } from "./alert.ts";

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
          },
  };
};
