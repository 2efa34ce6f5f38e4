import { MINUTE_MS } from "../token/duration.ts";
import type { Alert, Change, WatchState, Reply } from "./alert.ts";
import { isBlocked } from "../token/known.ts";
import { type Draft, speak } from "./change-alert.ts";
import { areRemindersOff } from "./reminders-off.ts";
import { gridOf, remindedAt } from "./reminders.ts";

/** A problem that comes back within this time after it was resolved is the same problem. */
export const REOPEN_MS = 15 * MINUTE_MS;

/** The changes by a verdict so far. The alert's revision is raised at the end. */
export interface Step {
  readonly state: WatchState;
  readonly change: Change;
  /** The replies for the alert's thread. */
  readonly replies: readonly Reply[];
}

/** A step without any change for people. */
export function unchanged(state: WatchState): Step {
  return { state, change: { kind: "none" }, replies: [] };
}

/** A step that changes the alert as drafted. */
export function changed(state: WatchState, { alert, replies }: Draft, change: Change): Step {
  return {
    state: { ...state, alert },
    change,
    replies,
  };
}

/** Ends a snooze at its time. Undefined when no snooze ends. */
export function endSnooze(state: WatchState, now: Date): WatchState | undefined {
  const { alert } = state;
  if (alert === null || alert.snoozed === null || alert.snoozed.until > now) return undefined;
  const { until } = alert.snoozed;
  // The wait for escalation starts at the end of the snooze, not at the first reply.
  const criticalSince = alert.severity === "critical" ? until : null;
  return { ...state, alert: { ...alert, snoozed: null, criticalSince } };
}

/** True for an alert that gets reminders. An expiry gets none, because its thresholds announce it. */
export function isReminded(alert: Alert): boolean {
  return alert.resolvedAt === null && alert.severity === "critical" && !isAboutEnd(alert);
}

/** When a reply announces that a reopened alert is still open; null when no reply comes. */
export function lastsAt(alert: Alert): Date | null {
  const { resolvedAt, reopened } = alert;
  if (resolvedAt !== null || reopened === null || reopened.told || isAboutEnd(alert)) return null;
  return new Date(reopened.at.getTime() + REOPEN_MS);
}

/**
 * Adds a reply when this round brought no other news: a snooze ended, a reopened alert is still open, or a reminder is
 * due. Also runs while checks give no answer.
 */
export function speakAgain(step: Step, snoozeEnded: boolean, repeatMs: number, now: Date): Step {
  const { alert } = step.state;
  if (alert === null || "reason" in step.change) return step;
  const say = (reason: "reminder" | "snooze_over" | "lasts", notice: boolean): Step =>
    changed(step.state, speak(alert, {}, reason, now, notice), { kind: "update", reason });
  if (snoozeEnded && alert.acknowledged === null) return say("snooze_over", alert.severity === "critical");
  if (snoozeEnded || areRemindersOff(alert, now)) return step;
  const lasts = lastsAt(alert);
  if (lasts !== null && lasts <= now) return say("lasts", alert.severity === "critical");
  const due = remindedAt(alert, repeatMs);
  if (!isReminded(alert) || due > now) return step;
  const { state, ...rest } = say("reminder", true);
  // The next reminder counts from the due time of this one. Otherwise each reminder would come a little later than the
  // one before.
  const spokeAt = now.getTime() - due.getTime() < gridOf(repeatMs) ? due : now;
  return { ...rest, state: { ...state, alert: { ...alert, ...state.alert, spokeAt } } };
}

/** True for an alert about an expiry, which is announced only at its thresholds. */
function isAboutEnd({ verdict, failing }: Alert): boolean {
  return verdict?.state === "expiring" && !isBlocked(failing);
}
