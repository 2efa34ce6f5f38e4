import type { Logger } from "pino";
import type { SaveNotice } from "../slack/message/cannot-save.ts";
import { refusesSaves } from "../store/store-error.ts";
import { HOUR_MS, MINUTE_MS } from "../token/duration.ts";
import type { MessageRef } from "../watch/message.ts";
import type { WatchStore } from "../watch/ports.ts";

const LOOK_MS = 5_000;

/** The shortest time between two messages. In between, the bot edits the last one. */
const POST_EVERY_MS = HOUR_MS;

/** The wait after a message that no channel accepted. */
const RETRY_MS = MINUTE_MS;

export interface SaveTroubleOptions {
  readonly store: Pick<WatchStore, "ping">;
  readonly notice: SaveNotice;
  /** The bot tries these in order until one accepts the message. */
  readonly channels: readonly string[];
  readonly now: () => Date;
  readonly log: Pick<Logger, "error" | "info">;
}

/** Unknown: the store does not answer, or has another problem that does not show if it accepts writes. */
type StoreCheck =
  | { readonly result: "accepts writes" }
  | { readonly result: "unknown" }
  | { readonly result: "rejects writes"; readonly reason: string };

interface Channels {
  readonly defaults: { readonly channel?: string | undefined };
  readonly alerts: { readonly fallbackChannel?: string | undefined };
  readonly watches: readonly { readonly channel?: string | undefined }[];
}

/** The default alert channel, else the fallback, else the channel of any watch. No message at all would be worse. */
export const saveTroubleChannels = ({ defaults, alerts, watches }: Channels): readonly string[] => {
  const known = [defaults.channel, alerts.fallbackChannel, ...watches.map(({ channel }) => channel)];
  return [...new Set(known.filter((channel) => channel !== undefined))].slice(0, 3);
};

/**
 * Reports in Slack, without the store, that nothing can be saved. Returns a function that checks once, never rejects.
 */
export const createSaveTrouble = ({ store, notice, channels, now, log }: SaveTroubleOptions) => {
  let said: { readonly ref: MessageRef; readonly at: Date } | undefined;
  let since: Date | undefined;
  let notBefore = new Date(0);

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
        said = { ref: result.ref, at: now() };
        return;
      }
    }
    notBefore = new Date(now().getTime() + RETRY_MS);
  };

  return async (): Promise<void> => {
    const check = await checkStore();
    // An open outage stays open until a write succeeds.
    if (check.result === "unknown") return;
    if (check.result === "accepts writes") {
      if (since === undefined) return;
      log.info("the store saves again");
      if (said !== undefined) await notice.end(said.ref, since, now());
      since = undefined;
      return;
    }
    const { reason } = check;
    const began = since ?? now();
    const isNew = since === undefined;
    since = began;
    if (isNew) log.error({ reason }, "the store refuses changes");
    const isRecent = said !== undefined && Math.abs(now().getTime() - said.at.getTime()) < POST_EVERY_MS;
    if (said !== undefined && isRecent) {
      if (isNew) await notice.edit(said.ref, reason, began);
    } else if (now() >= notBefore) await post(reason, began);
  };
};

/** Checks every few seconds until the signal is aborted. */
export const watchSaving = async (
  look: () => Promise<void>,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await wait(LOOK_MS, signal);
    if (!signal.aborted) await look();
  }
};
