import { MINUTE_MS } from "../token/duration.ts";
import type { Alert, Change, WatchState } from "./alert.ts";
import { isBlocked } from "../token/known.ts";
import { editAlert, speak } from "./change-alert.ts";
import { isHushed } from "./hushed.ts";

/** A problem that comes back sooner than this after it was resolved is the same problem. */
export const REOPEN_MS = 15 * MINUTE_MS;

/** What a verdict changed so far. */
export interface Step {
  readonly state: WatchState;
  readonly change: Change;
}

/** Nothing changes for people. */
export const unchanged = (state: WatchState): Step => ({ state, change: { kind: "none" } });

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
const isAboutEnd = ({ verdict, failing }: Alert): boolean => verdict?.state === "expiring" && !isBlocked(failing);

export const isReminded = (alert: Alert): boolean =>
  alert.resolvedAt === null && alert.severity === "critical" && !isAboutEnd(alert);

/** When people are told of an alert that came back by an edit, if it is still open then; null when they are not. */
export const lastsAt = (alert: Alert): Date | null => {
  const { resolvedAt, reopened } = alert;
  if (resolvedAt !== null || reopened === null || reopened.told || isAboutEnd(alert)) return null;
  return new Date(reopened.at.getTime() + REOPEN_MS);
};

/**
 * Speaks of an alert of which the round had nothing new to say: that its snooze is over, that it came back and lasts, and
 * again when nobody answered for long; also while nothing can be found out.
 */
export const speakAgain = (step: Step, snoozeEnded: boolean, repeatMs: number, now: Date): Step => {
  const { alert: edited } = step.state;
  if (edited === null || "reason" in step.change) return step;
  // One change, whatever it consists of.
  const alert = step.change.kind === "edit" ? { ...edited, revision: edited.revision - 1 } : edited;
  const say = (reason: "reminder" | "snooze_over" | "lasts", notice: boolean): Step => ({
    state: { ...step.state, alert: speak(alert, {}, reason, now, notice) },
    change: { kind: "update", reason },
  });
  if (snoozeEnded)
    return alert.acknowledged === null
      ? say("snooze_over", alert.severity === "critical")
      : { state: { ...step.state, alert: editAlert(alert, {}) }, change: { kind: "edit" } };
  if (isHushed(alert, now)) return step;
  const lasts = lastsAt(alert);
  if (lasts !== null && lasts <= now) return say("lasts", alert.severity === "critical");
  const isTime = now.getTime() - alert.spokeAt.getTime() >= repeatMs;
  return isReminded(alert) && isTime ? say("reminder", true) : step;
};
