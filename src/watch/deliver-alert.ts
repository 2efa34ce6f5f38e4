import { fallbackNotes, isFallbackDue } from "./fallback.ts";
import type { DeliveryClaim, DeliveryFailure, MessageRef } from "./outbox.ts";
import type { Obstacle, Send } from "./pace.ts";
import { describeDeliveryFailure } from "./pause.ts";
import type { Work, WorkDeps } from "./work.ts";

const isGone = ({ kind }: Obstacle): boolean => kind === "message_gone";

/** Its message stands in another channel than the configuration names by now. */
const hasMoved = ({ alert, ref }: DeliveryClaim): boolean => ref !== null && ref.channel !== alert.card.channel;

/** The old place has no message that could be kept up to date: it is owed in the new one. */
const isLost = (claim: DeliveryClaim, { kind }: DeliveryFailure): boolean =>
  hasMoved(claim) && (kind === "refused" || kind === "message_gone");

/**
 * Brings one alert's message up to date: post or edit, then each reply that is owed, oldest first, each saved after
 * Slack took it. A message that somebody deleted is posted anew; a new post says everything, so no reply is owed.
 */
const deliverAlert = async (deps: WorkDeps, claim: DeliveryClaim, send: Send): Promise<Obstacle | undefined> => {
  const { store, notifier, onDone } = deps;
  const { alert } = claim;
  const { revision } = alert;

  const post = async (): Promise<Obstacle | undefined> => {
    const posted = await send(() => notifier.post(alert));
    if (!posted.ok) return posted.failure;
    await store.saveDelivery(claim, { kind: "post", ref: posted.ref, revision });
    onDone("posts");
    return undefined;
  };

  const { ref: known } = claim;
  if (known === null) return post();
  // Not at the turn of another channel.
  const orAnew = async (failure: Obstacle): Promise<Obstacle | undefined> =>
    isGone(failure) && !hasMoved(claim) ? post() : failure;
  let ref: MessageRef = known;
  if (claim.deliveredRevision < revision) {
    const edited = await send(() => notifier.update(alert, known));
    if (!edited.ok) return orAnew(edited.failure);
    ref = edited.ref;
    await store.saveDelivery(claim, { kind: "edit", ref, revision });
    onDone("edits");
  }
  for (const reply of alert.replies.filter((owed) => owed.revision > claim.repliedRevision)) {
    const replied = await send(() => notifier.reply(alert, reply, ref));
    if (!replied.ok) return orAnew(replied.failure);
    await store.saveDelivery(claim, { kind: "reply", revision: reply.revision });
    onDone("replies");
  }
  return undefined;
};

/** An alert in hand. */
export const alertWork = (deps: WorkDeps, claim: DeliveryClaim): Work => {
  const { store, fallbackChannel, newId, now } = deps;
  const { alert, failures } = claim;
  // Where the message stands; the card's channel only until it is posted.
  const channel = claim.ref?.channel ?? alert.card.channel;
  return {
    kind: "alert",
    channel,
    id: alert.id,
    version: `${alert.revision}`,
    about: { watch: alert.card.name },
    failures,
    deliver: async (send) => {
      const obstacle = await deliverAlert(deps, claim, send);
      if (obstacle === undefined) await store.releaseDelivery(claim);
      return obstacle;
    },
    release: () => store.releaseDelivery(claim),
    fail: (failure, retryAt) => {
      if (isLost(claim, failure)) return store.giveUpMessage(claim);
      const error = describeDeliveryFailure(failure);
      const refusal = { channel, error, fallbackChannel, newId, now: now() };
      const notes = isFallbackDue(claim, failure) ? fallbackNotes([alert], [alert], refusal) : [];
      return store.saveDeliveryFailure(claim, { error, retryAt, notes });
    },
  };
};
