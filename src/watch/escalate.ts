import type { Alert } from "./alert.ts";
import { editAlert } from "./change-alert.ts";
import { isHushed } from "./hushed.ts";
import type { Note } from "./note.ts";

/** Who comes next when nobody answers. */
export interface Escalation {
  /** Channel or user ids; the first that takes the message gets it. Empty: nobody comes next. */
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

/** When it goes to those who come next if nobody answers; null when it does not. */
export const escalatesAt = (alert: Alert, { routes, afterMs }: Escalation): Date | null => {
  const waits = alert.resolvedAt === null && alert.severity === "critical" && alert.acknowledged === null;
  if (!waits || alert.escalatedAt !== null || routes.length === 0) return null;
  return new Date(waitingSince(alert).getTime() + afterMs);
};

const noteOf = (
  kind: "escalation" | "escalation_over",
  alert: Alert,
  { routes, newId }: Escalation,
  now: Date,
): Note => ({
  id: newId(),
  routes,
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
  const escalated = { ...changed, replies: [...changed.replies, reply] };
  return { alert: escalated, note: noteOf("escalation", escalated, escalation, now) };
};

/** Tells those whom an alert went to that it was answered or is over; nothing when it never went to them. */
export const escalationOver = (alert: Alert, escalation: Escalation, now: Date): readonly Note[] =>
  alert.escalatedAt === null || escalation.routes.length === 0
    ? []
    : [noteOf("escalation_over", alert, escalation, now)];
