import type { Alert, Reason, Reply } from "./alert.ts";
import type { Note } from "./note.ts";
import type { DeliveryClaim, DeliveryFailure, GroupClaim } from "./outbox.ts";

const RESOLUTIONS: ReadonlySet<Reason> = new Set(["recovered", "rotated", "unwatched"]);

/** Alerts that one note lists; of more it says how many. */
const MOST_LISTED = 40;

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

/** Its own replies are not part of what a note says. */
const told = (alert: Alert): Alert => ({ ...alert, replies: [] });

const noteFor = (
  owner: string | undefined,
  due: readonly Alert[],
  alerts: readonly Alert[],
  { channel, error, fallbackChannel, newId, now }: Refusal,
): Note | undefined => {
  const [alert, ...others] = due.toSorted(byWeight);
  const routes = [fallbackChannel, owner].flatMap((route) => (route === undefined || route === channel ? [] : [route]));
  if (alert === undefined || routes.length === 0) return undefined;
  const named = new Set(due.map(({ id }) => id));
  const waiting = alert.resolvedAt === null ? alerts.filter(({ id, resolvedAt }) => !named.has(id) && !resolvedAt) : [];
  const listed = others.slice(0, MOST_LISTED - 1);
  const more = others.length - listed.length + waiting.length;
  const body = { kind: "refused_channel", alert: told(alert), others: listed.map(told), channel, error, more } as const;
  return { id: newId(), routes, severity: alert.severity, at: now, body };
};

const byOwner = (alerts: readonly Alert[]): ReadonlyMap<string | undefined, readonly Alert[]> =>
  Map.groupBy(alerts, ({ card }) => card.owner);

/**
 * Tells elsewhere that a channel refuses alerts: in the fallback channel, where the notes of all owners are one message,
 * else each owner of theirs. None when there is nobody to tell; then only status, Home, metrics and the log say it.
 * @param due those with something to say
 * @param alerts all that the channel refuses with them
 */
export const fallbackNotes = (due: readonly Alert[], alerts: readonly Alert[], refusal: Refusal): readonly Note[] => {
  const all = byOwner(alerts);
  return [...byOwner(due)].flatMap(([owner, own]) => noteFor(owner, own, all.get(owner) ?? [], refusal) ?? []);
};
