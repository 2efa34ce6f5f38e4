import type { WatchState } from "./alert.ts";
import type { AlertRules } from "./alert-rules.ts";
import { escalatesAt } from "./escalate.ts";
import { remindedAt } from "./reminders.ts";
import { isReminded, lastsAt } from "./speak-again.ts";
import { lastDayAt } from "./thresholds.ts";

/**
 * The times of replies that need no new verdict: a reminder, the end of a snooze, an escalation, a reopened alert that
 * is still open, the last day. The watch is checked at these times, however long its interval is.
 */
export function nextReplyTimes(
  state: WatchState,
  rules: Pick<AlertRules, "policy" | "repeatCriticalMs" | "escalation">,
  now: Date,
): readonly Date[] {
  const { verdict, alert } = state;
  const escalates = alert === null ? null : escalatesAt(alert, rules.escalation, now);
  const lasts = alert === null ? null : lastsAt(alert);
  return [
    speaksAgainAt(state, rules.repeatCriticalMs),
    escalates ?? undefined,
    lasts ?? undefined,
    verdict === null ? undefined : lastDayAt(verdict, rules.policy),
  ].filter((at) => at !== undefined);
}

/** When an alert without a response sends its next reminder, or when its snooze ends. Undefined when neither comes. */
function speaksAgainAt({ alert }: Pick<WatchState, "alert">, repeatMs: number): Date | undefined {
  if (alert === null || alert.resolvedAt !== null) return undefined;
  if (alert.snoozed !== null) return alert.snoozed.until;
  if (alert.acknowledged !== null || !isReminded(alert)) return undefined;
  return remindedAt(alert, repeatMs);
}
