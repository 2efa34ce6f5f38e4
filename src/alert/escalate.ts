import type { Alert, Reply } from "./alert.ts";
import type { Draft } from "./change-alert.ts";
import { areRemindersOff } from "./reminders-off.ts";

/** The escalation to on-call when nobody answers an alert. */
export interface Escalation {
  /**
   * Channel or user IDs. The message goes to the first route that accepts it, or else to the owner or the channel.
   * Empty: no escalation.
   */
  readonly routes: readonly string[];
  /** Milliseconds that a critical alert waits for an answer. */
  readonly afterMs: number;
  /** Creates the ID of a new message. */
  readonly newId: () => string;
}

/** A new message to on-call about alerts that nobody answered. The outbox sends it. */
export interface EscalationMessage {
  readonly id: string;
  readonly kind: "escalation";
  /** Channels and people that can receive it, best first. Never empty. */
  readonly routes: readonly string[];
  readonly body: null;
  /** Alert IDs. */
  readonly alerts: readonly string[];
  readonly severity: "critical";
  readonly at: Date;
}

/** When the alert escalates if nobody answers; null when it does not escalate. */
export function escalatesAt(alert: Alert, { routes, afterMs }: Escalation, now: Date): Date | null {
  const waits = alert.resolvedAt === null && alert.severity === "critical" && alert.acknowledged === null;
  if (!waits || isEscalated(alert) || routes.length === 0) return null;
  return new Date(waitingSince(alert, now).getTime() + afterMs);
}

/** The escalated alert and the message to on-call. Undefined while it does not escalate. */
export function escalate(
  alert: Alert,
  escalation: Escalation,
  now: Date,
): (Draft & { readonly message: EscalationMessage }) | undefined {
  const at = escalatesAt(alert, escalation, now);
  // Nobody can answer an alert that Slack does not show.
  if (at === null || at > now || alert.acceptedAt === null || areRemindersOff(alert, now)) return undefined;
  const reply: Reply = { reason: "escalated", at: now, notice: false, verdict: alert.verdict, by: null };
  return {
    alert: { ...alert, escalatedAt: now },
    replies: [reply],
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
}

/**
 * The start of the wait for an answer: the latest of becoming critical, the end of a snooze, and Slack's acceptance.
 * Before Slack accepted the alert, the wait starts now.
 */
export function waitingSince({ criticalSince, spokeAt, snoozed, acceptedAt }: Alert, now: Date): Date {
  const instants = [criticalSince ?? spokeAt, acceptedAt ?? now, ...(snoozed === null ? [] : [snoozed.until])];
  return new Date(Math.max(...instants.map(Number)));
}

/** True after an escalation, until a new wait starts. */
function isEscalated({ escalatedAt, criticalSince }: Alert): boolean {
  return escalatedAt !== null && (criticalSince === null || escalatedAt >= criticalSince);
}

/** The escalation routes first, then the owner and the alert's channel, because a person must see the message. */
function routesOf({ card }: Alert, { routes }: Escalation): readonly string[] {
  return [...new Set([...routes, card.owner ?? [], card.channel].flat())];
}
