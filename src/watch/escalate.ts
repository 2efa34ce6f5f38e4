import type { Alert, Word } from "./alert.ts";
import type { Draft } from "./change-alert.ts";
import { isHushed } from "./hushed.ts";
import type { NewMessage } from "./message.ts";

/** Who comes next when nobody answers. */
export interface Escalation {
  /** Channel or user ids; the first that takes the message gets it, else owner or channel. Empty: nobody comes next. */
  readonly routes: readonly string[];
  /** How long a critical alert waits for an answer. */
  readonly afterMs: number;
  /** Names a new message. */
  readonly newId: () => string;
}

/**
 * Since when people can have been waiting for an answer: since it is critical, since a snooze ended, since Slack has it,
 * whatever came last. Until Slack has it, the wait begins now.
 */
const waitingSince = ({ criticalSince, spokeAt, snoozed, acceptedAt }: Alert, now: Date): Date => {
  const instants = [criticalSince ?? spokeAt, acceptedAt ?? now, ...(snoozed === null ? [] : [snoozed.until])];
  return new Date(Math.max(...instants.map(Number)));
};

/** True once it went to those who come next, and nothing new has begun a wait since. */
const isEscalated = ({ escalatedAt, criticalSince }: Alert): boolean =>
  escalatedAt !== null && (criticalSince === null || escalatedAt >= criticalSince);

/** When it goes to those who come next if nobody answers; null when it does not. */
export const escalatesAt = (alert: Alert, { routes, afterMs }: Escalation, now: Date): Date | null => {
  const waits = alert.resolvedAt === null && alert.severity === "critical" && alert.acknowledged === null;
  if (!waits || isEscalated(alert) || routes.length === 0) return null;
  return new Date(waitingSince(alert, now).getTime() + afterMs);
};

/** First those who come next, in the end the owner and the channel that knows of it: a message must reach somebody. */
const routesOf = ({ card }: Alert, { routes }: Escalation): readonly string[] => [
  ...new Set([...routes, card.owner ?? [], card.channel].flat()),
];

/** The alert as it goes to those who come next, and the message that tells them; undefined while it does not. */
export const escalate = (
  alert: Alert,
  escalation: Escalation,
  now: Date,
): (Draft & { readonly message: NewMessage }) | undefined => {
  const at = escalatesAt(alert, escalation, now);
  // Nobody can have answered what Slack does not have.
  if (at === null || at > now || alert.acceptedAt === null || isHushed(alert, now)) return undefined;
  const word: Word = { reason: "escalated", at: now, notice: false, verdict: alert.verdict, by: null };
  return {
    alert: { ...alert, escalatedAt: now },
    words: [word],
    message: {
      id: escalation.newId(),
      kind: "escalation",
      routes: routesOf(alert, escalation),
      body: null,
      alerts: [alert.id],
      severity: "critical",
      at: now,
    },
  };
};
