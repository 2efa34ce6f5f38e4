import type { DeliveryClaim, DeliveryFailure, DeliveryResult, MessageRef, Notifier } from "./outbox.ts";
import type { WatchStore } from "./ports.ts";

export interface DeliverAlertDeps {
  readonly store: Pick<WatchStore, "saveDelivery">;
  readonly notifier: Notifier;
  /** Told of each call that Slack took and the store knows of. */
  readonly onDone: (kind: "post" | "edit" | "reply") => void;
}

const isGone = (result: DeliveryResult): boolean => !result.ok && result.failure.kind === "message_gone";

/**
 * Brings one alert's message up to date: post or edit, then each reply that is owed, oldest first, each saved after
 * Slack took it. A message that somebody deleted is posted anew; a new post says everything, so no reply is owed.
 * Returns what stopped it; undefined when all is delivered.
 */
export const deliverAlert = async (
  deps: DeliverAlertDeps,
  claim: DeliveryClaim,
): Promise<DeliveryFailure | undefined> => {
  const { store, notifier } = deps;
  const { alert } = claim;
  const { revision } = alert;

  const post = async (): Promise<DeliveryFailure | undefined> => {
    const result = await notifier.post(alert);
    if (!result.ok) return result.failure;
    await store.saveDelivery(claim, { kind: "post", ref: result.ref, revision });
    deps.onDone("post");
    return undefined;
  };

  if (claim.ref === null) return post();
  let ref: MessageRef = claim.ref;
  if (claim.deliveredRevision < revision) {
    const edited = await notifier.update(alert, ref);
    if (isGone(edited)) return post();
    if (!edited.ok) return edited.failure;
    ref = edited.ref;
    await store.saveDelivery(claim, { kind: "edit", ref, revision });
    deps.onDone("edit");
  }
  for (const reply of alert.replies.filter((owed) => owed.revision > claim.repliedRevision)) {
    const replied = await notifier.reply(alert, reply, ref);
    if (isGone(replied)) return post();
    if (!replied.ok) return replied.failure;
    await store.saveDelivery(claim, { kind: "reply", revision: reply.revision });
    deps.onDone("reply");
  }
  return undefined;
};
