import type { Logger } from "pino";
import type { SaveNotice } from "../slack/messages/notice/cannot-save.ts";
import { refusesSaves } from "../store/store-error.ts";
import { HOUR_MS, MINUTE_MS } from "../token/duration.ts";
import { ageMs, isWaiting } from "../token/set-back.ts";
import type { MessageRef } from "../outbox/message.ts";
import type { WatchStore } from "../watch/ports.ts";

export interface SaveTroubleOptions {
  readonly store: Pick<WatchStore, "ping">;
  readonly notice: SaveNotice;
  /** The bot tries these in order until one accepts the message. */
  readonly channels: readonly string[];
  readonly now: () => Date;
  readonly log: Pick<Logger, "error" | "info">;
}

/** At most three channels to try: the default alert channel, the fallback channel, then the channels of watches. */
export function saveTroubleChannels({ defaults, alerts, watches, fleets }: Channels): readonly string[] {
  const known = [
    defaults.channel,
    alerts.fallbackChannel,
    ...watches.map(({ channel }) => channel),
    ...fleets.map(({ shared }) => shared.channel),
  ];
  return [...new Set(known.filter((channel) => channel !== undefined))].slice(0, 3);
}

/**
 * Returns a function that checks once if the store accepts writes, and reports an outage in Slack. The message does not
 * use the outbox, because the outbox cannot be saved during the outage. The function never rejects.
 */
export function createSaveTrouble({ store, notice, channels, now, log }: SaveTroubleOptions) {
  let lastMessage: { readonly ref: MessageRef; readonly at: Date } | undefined;
  let since: Date | undefined;
  let nextPostAt = new Date(0);

  const checkStore = async (): Promise<StoreCheck> => {
    try {
      await store.ping();
      return { result: "accepts writes" };
    } catch (error) {
      return refusesSaves(error) ? { result: "rejects writes", reason: error.message } : { result: "unknown" };
    }
  };

  const post = async (reason: string, began: Date): Promise<void> => {
    for (const channel of channels) {
      const result = await notice.post(channel, reason, began);
      if (result.ok) {
        lastMessage = { ref: result.ref, at: now() };
        return;
      }
    }
    nextPostAt = new Date(now().getTime() + RETRY_MS);
  };

  return async (): Promise<void> => {
    const check = await checkStore();
    // An open outage stays open until a write succeeds.
    if (check.result === "unknown") return;
    if (check.result === "accepts writes") {
      if (since === undefined) return;
      log.info("the store accepts writes again");
      if (lastMessage !== undefined) await notice.end(lastMessage.ref, since, now());
      since = undefined;
      return;
    }
    const { reason } = check;
    const began = since ?? now();
    const isNew = since === undefined;
    since = began;
    if (isNew) log.error({ reason }, "the store rejects writes");
    if (lastMessage !== undefined && ageMs(lastMessage.at, now()) < POST_EVERY_MS) {
      if (isNew) await notice.edit(lastMessage.ref, reason, began);
    } else if (!isWaiting(nextPostAt, now(), RETRY_MS)) await post(reason, began);
  };
}

/** Checks every few seconds until the signal is aborted. */
export async function watchSaving(
  check: () => Promise<void>,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await wait(CHECK_INTERVAL_MS, signal);
    if (!signal.aborted) await check();
  }
}

const CHECK_INTERVAL_MS = 5_000;

/** A continuing outage is posted again after this time. A new outage before then edits the last message. */
const POST_EVERY_MS = HOUR_MS;

/** The wait after a message that no channel accepted. */
const RETRY_MS = MINUTE_MS;

/**
 * `unknown`: the store does not answer, or has another problem. Such an error does not show whether it accepts writes.
 */
type StoreCheck =
  | { readonly result: "accepts writes" }
  | { readonly result: "unknown" }
  | { readonly result: "rejects writes"; readonly reason: string };

interface Channels {
  readonly defaults: { readonly channel?: string | undefined };
  readonly alerts: { readonly fallbackChannel?: string | undefined };
  readonly watches: readonly { readonly channel?: string | undefined }[];
  readonly fleets: readonly { readonly shared: { readonly channel?: string | undefined } }[];
}
