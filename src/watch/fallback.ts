import type { Alert, Reason, Reply } from "./alert.ts";
import type { Note } from "./note.ts";
import type { DeliveryClaim, DeliveryFailure, GroupClaim } from "./outbox.ts";

const RESOLUTIONS: ReadonlySet<Reason> = new Set(["recovered", "rotated", "unwatched"]);

/** Owners asked one after the other when a whole group is refused. */
const MOST_OWNERS = 5;

/** A first refusal may be a passing one; from the second on people hear of it elsewhere. */
const isRefusedAgain = (failure: DeliveryFailure, failures: number): boolean =>
  failure.kind === "refused" && failures > 0;

/** True for what people must hear of even when its channel does not take it. */
const mustBeHeard = ({ notice, reason }: Reply): boolean => notice || RESOLUTIONS.has(reason);

/** True when an alert that its channel refuses must be told elsewhere: it has a word to say that was not told yet. */
export const isFallbackDue = (claim: DeliveryClaim, failure: DeliveryFailure): boolean => {
  if (!isRefusedAgain(failure, claim.failures)) return false;
  const { ref, fallbackRevision } = claim;
  if (ref === null && fallbackRevision === 0) return true;
  const told = Math.max(fallbackRevision, claim.repliedRevision);
  return claim.alert.replies.some((reply) => reply.revision > told && mustBeHeard(reply));
};

/** The same for a group, which is told elsewhere once until its channel takes something again. */
export const isGroupFallbackDue = (claim: GroupClaim, failure: DeliveryFailure): boolean => {
  if (!isRefusedAgain(failure, claim.failures) || claim.toldElsewhere) return false;
  if (claim.ref === null) return true;
  return claim.members.some(
    ({ alert, repliedRevision }) =>
      (repliedRevision === 0 && alert.resolvedAt === null) ||
      alert.replies.some((reply) => reply.revision > repliedRevision && mustBeHeard(reply)),
  );
};

/** Open before resolved, critical before warning, the oldest first. */
const byWeight = (a: Alert, b: Alert): number =>
  Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null) ||
  Number(b.severity === "critical") - Number(a.severity === "critical") ||
  a.openedAt.getTime() - b.openedAt.getTime();

export interface Refusal {
  readonly channel: string;
  readonly error: string;
  readonly fallbackChannel: string | undefined;
  readonly newId: () => string;
  readonly now: Date;
}

/**
 * Tells elsewhere that a channel refuses an alert, or the alerts of a group: in the fallback channel, else to an owner.
 * Undefined when there is nobody to tell; then only status, Home, metrics and the log say it.
 */
export const fallbackNote = (alerts: readonly Alert[], refusal: Refusal): Note | undefined => {
  const { channel, error, fallbackChannel, newId, now } = refusal;
  const [alert, ...others] = alerts.toSorted(byWeight);
  if (alert === undefined) return undefined;
  const open = others.filter(({ resolvedAt }) => resolvedAt === null);
  const owners = new Set([alert, ...open].flatMap(({ card }) => card.owner ?? []));
  const routes = [fallbackChannel ?? [], ...[...owners].slice(0, MOST_OWNERS)]
    .flat()
    .filter((route) => route !== channel);
  if (routes.length === 0) return undefined;
  // Its own replies are not part of what the note says.
  const told = { ...alert, replies: [] };
  const body = { kind: "refused_channel", alert: told, channel, error, more: open.length } as const;
  return { id: newId(), routes, severity: alert.severity, at: now, body };
};
