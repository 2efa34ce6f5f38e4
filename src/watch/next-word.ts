import type { WatchState } from "./alert.ts";
import { escalatesAt } from "./escalate.ts";
import { lastDayAt } from "./told.ts";
import type { AlertRules } from "./transition.ts";

/** When a critical alert that nobody answered speaks again; undefined when it does not. */
const remindsAt = ({ alert }: Pick<WatchState, "alert">, repeatMs: number): Date | undefined => {
  if (alert === null || alert.resolvedAt !== null || alert.severity !== "critical") return undefined;
  if (alert.acknowledged !== null || alert.verdict?.state === "expiring") return undefined;
  const regular = alert.spokeAt.getTime() + repeatMs;
  return new Date(Math.max(regular, alert.snoozed?.until.getTime() ?? 0));
};

/**
 * The instants at which the rules say something although nothing changes: a reminder, an escalation, the day before the
 * end. A watch is looked at then, however long its interval is.
 */
export const nextWords = (
  state: WatchState,
  rules: Pick<AlertRules, "policy" | "repeatCriticalMs" | "escalation">,
): readonly Date[] => {
  const { verdict, alert } = state;
  const escalates = alert === null ? null : escalatesAt(alert, rules.escalation);
  return [
    remindsAt(state, rules.repeatCriticalMs),
    escalates ?? undefined,
    verdict === null ? undefined : lastDayAt(verdict, rules.policy),
  ].filter((at) => at !== undefined);
};
