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

/** True when it has a word to say that was told neither in its thread nor elsewhere. */
const hasUntold = ({ replies }: Alert, repliedRevision: number, fallbackRevision: number): boolean => {
  const told = Math.max(repliedRevision, fallbackRevision);
  return replies.some((reply) => reply.revision > told && mustBeHeard(reply));
};

/** True when an alert that its channel refuses must be told elsewhere: it has a word to say that was not told yet. */
export const isFallbackDue = (claim: DeliveryClaim, failure: DeliveryFailure): boolean => {
  if (!isRefusedAgain(failure, claim.failures)) return false;
  const { alert, ref, repliedRevision, fallbackRevision } = claim;
  return (ref === null && fallbackRevision === 0) || hasUntold(alert, repliedRevision, fallbackRevision);
};

/** The alerts of a refused group that must be told elsewhere: those that joined, and those with a word since. */
export const dueElsewhere = ({ members, failures }: GroupClaim, failure: DeliveryFailure): readonly Alert[] =>
  isRefusedAgain(failure, failures)
    ? members.flatMap(({ alert, repliedRevision, fallbackRevision }) => {
        const isNew = alert.resolvedAt === null && repliedRevision + fallbackRevision === 0;
        return isNew || hasUntold(alert, repliedRevision, fallbackRevision) ? [alert] : [];
      })
    : [];

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
 * @param due those with something to say; the worst of them says it for all
 * @param alerts all that the channel refuses with them
 */
export const fallbackNote = (due: readonly Alert[], alerts: readonly Alert[], refusal: Refusal): Note | undefined => {
  const { channel, error, fallbackChannel, newId, now } = refusal;
  const [alert] = due.toSorted(byWeight);
  if (alert === undefined) return undefined;
  const others = (alert.resolvedAt === null ? alerts.filter(({ resolvedAt }) => resolvedAt === null) : due)
    .filter(({ id }) => id !== alert.id)
    .toSorted(byWeight);
  const owners = new Set([alert, ...others].flatMap(({ card }) => card.owner ?? []));
  const routes = [fallbackChannel ?? [], ...[...owners].slice(0, MOST_OWNERS)]
    .flat()
    .filter((route) => route !== channel);
  if (routes.length === 0) return undefined;
  // Its own replies are not part of what the note says.
  const told = { ...alert, replies: [] };
  const body = { kind: "refused_channel", alert: told, channel, error, more: others.length } as const;
  return { id: newId(), routes, severity: alert.severity, at: now, body };
};
