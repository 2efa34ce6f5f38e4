import type { Alert } from "./alert.ts";
import { escalate, type Escalation } from "./escalate.ts";
import type { Note } from "./note.ts";
import type { AlertChange } from "./ports.ts";
import { recordAnswer } from "./record.ts";

/**
 * What the escalation of one alert means for the others of its group: those that nobody answered go with it, though
 * their own hour comes later. It is one trouble, and those who come next shall hear of it once. Undefined when there was
 * none.
 */
export const escalateMates = (
  notes: readonly Note[],
  escalation: Escalation,
  now: Date,
): ((mate: Alert) => AlertChange | undefined) | undefined => {
  if (!notes.some(({ body }) => body.kind === "escalation")) return undefined;
  return (mate) => {
    const going = escalate(mate, { ...escalation, afterMs: 0 }, now);
    if (going === undefined) return undefined;
    const { alert, note } = going;
    return { alert, notes: [note], history: [recordAnswer(alert, { reason: "escalated", by: null }, now)] };
  };
};
