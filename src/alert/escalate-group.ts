import type { Alert } from "./alert.ts";
import { commit } from "./change-alert.ts";
import { escalate, type Escalation, type EscalationMessage } from "./escalate.ts";
import type { AlertChange } from "./alert-change.ts";
import { recordOutsideRound } from "./record.ts";

/**
 * When one alert escalates, the alerts of its group without a response escalate too, before their own time. They have one
 * cause, and one message to on-call names all of them. Returns the change of each other member; undefined when
 * `messages` has no escalation.
 */
export function escalateGroup(
  messages: readonly EscalationMessage[],
  escalation: Escalation,
  now: Date,
): ((member: Alert) => AlertChange | undefined) | undefined {
  if (messages.length === 0) return undefined;
  return (member) => {
    const going = escalate(member, { ...escalation, afterMs: 0 }, now);
    if (going === undefined) return undefined;
    const alert = commit(member, going.alert);
    const history = [recordOutsideRound(alert, { reason: "escalated", by: null }, now)];
    return { alert, at: now, replies: going.replies, messages: [], history };
  };
}
