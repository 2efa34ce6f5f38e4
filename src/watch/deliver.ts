import type { Logger } from "pino";
import { MINUTE_MS } from "../token/duration.ts";
import { deliverAlert } from "./deliver-alert.ts";
import { describeDeliveryFailure, pauseAfter } from "./pause.ts";
import type { DeliveryClaim, DeliveryFailure, Notifier } from "./outbox.ts";
import type { WatchStore } from "./ports.ts";

/** Few at a time and a long lease: in one channel they wait for each other, ten seconds a call at worst. */
const BATCH = 20;
const LEASE_MS = 10 * MINUTE_MS;

export interface DeliverDeps {
  readonly store: Pick<WatchStore, "claimUndelivered" | "saveDelivery" | "releaseDelivery" | "saveDeliveryFailure">;
  readonly notifier: Notifier;
  readonly now: () => Date;
  readonly log: Logger;
}

/** What one pass over the outbox did; `failed` alerts are tried again after their pause. */
export interface DeliverySummary {
  readonly posts: number;
  readonly edits: number;
  readonly replies: number;
  readonly failed: number;
}

/** The channel the message stands in; the card's only until it is posted. */
const channelOf = (claim: DeliveryClaim): string => claim.ref?.channel ?? claim.alert.card.channel;

/** Slack's limits and outages hold for the whole channel; a refusal may be about one message. */
const stopsChannel = ({ kind }: DeliveryFailure): boolean => kind === "rate_limited" || kind === "away";

/**
 * Delivers what the outbox owes, until it owes nothing that may be tried now: channels in parallel, one after the other
 * inside a channel. Never rejects. An aborted `signal` ends it after the alerts in hand.
 */
export const deliver = async (deps: DeliverDeps, signal?: AbortSignal): Promise<DeliverySummary> => {
  const { store, notifier, log, now } = deps;
  const done = { post: 0, edit: 0, reply: 0 };
  let failed = 0;
  const stopped = new Map<string, DeliveryFailure>();
  const seen = new Map<string, number>();
  const onDone = (kind: keyof typeof done): void => {
    done[kind]++;
  };

  const retryLater = (claim: DeliveryClaim, failure: DeliveryFailure): Promise<void> => {
    failed++;
    const retryAt = new Date(now().getTime() + pauseAfter(failure, claim.failures));
    return store.saveDeliveryFailure(claim, { error: describeDeliveryFailure(failure), retryAt });
  };

  const tryOne = async (claim: DeliveryClaim): Promise<void> => {
    const failure = await deliverAlert({ store, notifier, onDone }, claim);
    if (failure === undefined) return store.releaseDelivery(claim);
    const channel = channelOf(claim);
    const error = describeDeliveryFailure(failure);
    log.warn({ watch: claim.alert.card.name, channel, error, failures: claim.failures + 1 }, "alert not delivered");
    if (stopsChannel(failure)) stopped.set(channel, failure);
    return retryLater(claim, failure);
  };

  const deliverChannel = async (channel: string, claims: readonly DeliveryClaim[]): Promise<void> => {
    for (const claim of claims) {
      const obstacle = stopped.get(channel);
      try {
        if (signal?.aborted === true) await store.releaseDelivery(claim);
        else await (obstacle === undefined ? tryOne(claim) : retryLater(claim, obstacle));
      } catch (error) {
        // The store, or a mistake of ours: the claim's lease keeps it from being tried again at once.
        failed++;
        log.error({ watch: claim.alert.card.name, err: error }, "the delivery of an alert broke off");
      }
    }
  };

  const takeBatch = async (): Promise<readonly DeliveryClaim[]> => {
    if (signal?.aborted === true) return [];
    try {
      return await store.claimUndelivered({ now: now(), leaseMs: LEASE_MS, limit: BATCH });
    } catch (error) {
      failed++;
      log.error({ err: error }, "the store did not say which alerts are undelivered");
      return [];
    }
  };

  for (let batch = await takeBatch(); batch.length > 0; batch = await takeBatch()) {
    const news = batch.filter(({ alert }) => seen.get(alert.id) !== alert.revision);
    // A store that hands out the same work again would keep us here for ever.
    if (news.length === 0) break;
    for (const { alert } of batch) seen.set(alert.id, alert.revision);
    const channels = Map.groupBy(batch, channelOf);
    await Promise.all([...channels].map(([channel, claims]) => deliverChannel(channel, claims)));
  }

  const summary = { posts: done.post, edits: done.edit, replies: done.reply, failed };
  if (done.post + done.edit + done.reply > 0) log.info(summary, "alerts delivered");
  return summary;
};
