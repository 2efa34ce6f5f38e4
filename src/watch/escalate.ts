import type { Alert } from "./alert.ts";
import { addReply, editAlert } from "./change-alert.ts";
import { isHushed } from "./hushed.ts";
import type { Note } from "./note.ts";

/** Who comes next when nobody answers. */
export interface Escalation {
  /** Channel or user ids; the first that takes the message gets it, else owner or channel. Empty: nobody comes next. */
  readonly routes: readonly string[];
  /** How long a critical alert waits for an answer. */
  readonly afterMs: number;
  /** Names a new note. */
  readonly newId: () => string;
}

/** Since when a critical alert has been waiting for an answer; a snooze that ended begins the wait anew. */
const waitingSince = ({ criticalSince, spokeAt, snoozed }: Alert): Date => {
  const since = criticalSince ?? spokeAt;
  return snoozed !== null && snoozed.until > since ? snoozed.until : since;
};

/** True once it went to those who come next, and nothing new has begun a wait since. */
const isEscalated = ({ escalatedAt, criticalSince }: Alert): boolean =>
  escalatedAt !== null && (criticalSince === null || escalatedAt >= criticalSince);

/** When it goes to those who come next if nobody answers; null when it does not. */
export const escalatesAt = (alert: Alert, { routes, afterMs }: Escalation): Date | null => {
  const waits = alert.resolvedAt === null && alert.severity === "critical" && alert.acknowledged === null;
  if (!waits || isEscalated(alert) || routes.length === 0) return null;
  return new Date(waitingSince(alert).getTime() + afterMs);
};

/**
 * Whoever takes it: those who come next, in the end the owner and the channel that knows of it, because a message that
 * nobody takes reaches nobody.
 */
const routesOf = ({ card }: Alert, { routes }: Escalation): readonly string[] => [
  ...new Set([...routes, card.owner ?? [], card.channel].flat()),
];

const noteOf = (kind: "escalation" | "escalation_over", alert: Alert, escalation: Escalation, now: Date): Note => ({
  id: escalation.newId(),
  routes: routesOf(alert, escalation),
  severity: "critical",
  at: now,
  body: { kind, alert: { ...alert, replies: [] } },
});

/** The alert as it goes to those who come next; undefined while it does not. */
export const escalate = (
  alert: Alert,
  escalation: Escalation,
  now: Date,
): { readonly alert: Alert; readonly note: Note } | undefined => {
  const at = escalatesAt(alert, escalation);
  if (at === null || at > now || isHushed(alert, now)) return undefined;
  const changed = editAlert(alert, { escalatedAt: now });
  const reply = {
    revision: changed.revision,
    reason: "escalated",
    at: now,
    notice: false,
    verdict: alert.verdict,
    by: null,
  } as const;
  const escalated = { ...changed, replies: addReply(changed.replies, reply) };
  return { alert: escalated, note: noteOf("escalation", escalated, escalation, now) };
};

/** Tells those whom an alert went to that it was answered or is over; nothing when it never went to them. */
export const escalationOver = (alert: Alert, escalation: Escalation, now: Date): readonly Note[] =>
  alert.escalatedAt === null || escalation.routes.length === 0
    ? []
    : [noteOf("escalation_over", alert, escalation, now)];
