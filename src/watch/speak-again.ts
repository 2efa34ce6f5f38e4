import type { Alert, Change, WatchState } from "./alert.ts";
import { editAlert, speak } from "./change-alert.ts";
import { isHushed } from "./hushed.ts";

/** What a verdict changed so far. */
export interface Step {
  readonly state: WatchState;
  readonly change: Change;
}

/** A snooze whose time has come is over; undefined when there is none such. */
export const endSnooze = (state: WatchState, now: Date): WatchState | undefined => {
  const { alert } = state;
  if (alert === null || alert.snoozed === null || alert.snoozed.until > now) return undefined;
  const { until } = alert.snoozed;
  // Those who come next are told so long after it, not after the first word.
  const criticalSince = alert.severity === "critical" ? until : null;
  return { ...state, alert: { ...alert, snoozed: null, criticalSince } };
};

/** The end of a token is told at its thresholds only. */
export const isReminded = ({ resolvedAt, severity, verdict }: Alert): boolean =>
  resolvedAt === null && severity === "critical" && verdict?.state !== "expiring";

/**
 * Speaks of an alert of which the round had nothing new to say: that its snooze is over, and again when nobody answered
 * for long; also while nothing can be found out.
 */
export const speakAgain = (step: Step, snoozeEnded: boolean, repeatMs: number, now: Date): Step => {
  const { alert: edited } = step.state;
  if (edited === null || "reason" in step.change) return step;
  // One change, whatever it consists of.
  const alert = step.change.kind === "edit" ? { ...edited, revision: edited.revision - 1 } : edited;
  const say = (reason: "reminder" | "snooze_over", notice: boolean): Step => ({
    state: { ...step.state, alert: speak(alert, {}, reason, now, notice) },
    change: { kind: "update", reason },
  });
  if (snoozeEnded)
    return alert.acknowledged === null
      ? say("snooze_over", alert.severity === "critical")
      : { state: { ...step.state, alert: editAlert(alert, {}) }, change: { kind: "edit" } };
  const isTime = now.getTime() - alert.spokeAt.getTime() >= repeatMs;
  return isReminded(alert) && isTime && !isHushed(alert, now) ? say("reminder", true) : step;
};
