import { MINUTE_MS } from "../token/duration.ts";
import type { Alert, Change, WatchState, Word } from "./alert.ts";
import { isBlocked } from "../token/known.ts";
import { type Draft, speak } from "./change-alert.ts";
import { isHushed } from "./hushed.ts";
import { gridOf, remindedAt } from "./reminders.ts";

/** A problem that comes back sooner than this after it was resolved is the same problem. */
export const REOPEN_MS = 15 * MINUTE_MS;

/** What a verdict changed so far; the alert's revision is raised at the end. */
export interface Step {
  readonly state: WatchState;
  readonly change: Change;
  /** What the alert's thread is told. */
  readonly words: readonly Word[];
}

/** Nothing changes for people. */
export const unchanged = (state: WatchState): Step => ({ state, change: { kind: "none" }, words: [] });

/** The alert changes as drafted. */
export const changed = (state: WatchState, { alert, words }: Draft, change: Change): Step => ({
  state: { ...state, alert },
  change,
  words,
});

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
  const { alert } = step.state;
  if (alert === null || "reason" in step.change) return step;
  const say = (reason: "reminder" | "snooze_over" | "lasts", notice: boolean): Step =>
    changed(step.state, speak(alert, {}, reason, now, notice), { kind: "update", reason });
  if (snoozeEnded && alert.acknowledged === null) return say("snooze_over", alert.severity === "critical");
  if (snoozeEnded || isHushed(alert, now)) return step;
  const lasts = lastsAt(alert);
  if (lasts !== null && lasts <= now) return say("lasts", alert.severity === "critical");
  const due = remindedAt(alert, repeatMs);
  if (!isReminded(alert) || due > now) return step;
  const { state, ...rest } = say("reminder", true);
  // The next one counts from the time that this one was due at, or each would come a little later than the one before.
  const spokeAt = now.getTime() - due.getTime() < gridOf(repeatMs) ? due : now;
  return { ...rest, state: { ...state, alert: { ...alert, ...state.alert, spokeAt } } };
};
