import type { Alert } from "./alert.ts";
import { commit } from "./change-alert.ts";
import { escalate, type Escalation } from "./escalate.ts";
import type { NewMessage } from "./message.ts";
import type { AlertChange } from "./ports.ts";
import { recordOutsideRound } from "./record.ts";

/**
 * When one alert escalates, unanswered alerts of its group escalate with it, before their own time. They have one
 * cause, and one message to on-call names all of them. Undefined without an escalation.
 */
export const escalateGroup = (
  messages: readonly NewMessage[],
  escalation: Escalation,
  now: Date,
): ((member: Alert) => AlertChange | undefined) | undefined => {
  if (!messages.some(({ kind }) => kind === "escalation")) return undefined;
  return (member) => {
    const going = escalate(member, { ...escalation, afterMs: 0 }, now);
    if (going === undefined) return undefined;
    const alert = commit(member, going.alert);
    const history = [recordOutsideRound(alert, { reason: "escalated", by: null }, now)];
    return { alert, at: now, words: going.words, messages: [], history };
  };
};
