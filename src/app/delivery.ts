import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { createNotifier, type NotifierOptions } from "../slack/alert/notifier.ts";
import { deliver, type DeliverySummary, type Pass } from "../watch/deliver.ts";
import { PACE_MS } from "../watch/pace.ts";
import type { Rests } from "../watch/rests.ts";
import type { WatchStore } from "../watch/ports.ts";

export interface DeliveryParts {
  readonly now: () => Date;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly quietUntil: (at: Date) => Date | null;
  readonly rests: Rests;
  readonly log: Logger;
}

/** One pass over the outbox, through this client. */
export type Deliver = (store: WatchStore, client: NotifierOptions["client"], pass?: Pass) => Promise<DeliverySummary>;

export const createDelivery =
  (config: Config, parts: DeliveryParts): Deliver =>
  (store, client, pass) => {
    const { repeatCriticalMs, timezone } = config;
    const { fallbackChannel } = config.alerts;
    const notifier = createNotifier({ client, timezone, log: parts.log });
    const rules = { fallbackChannel, repeatCriticalMs, paceMs: PACE_MS };
    return deliver({ ...parts, ...rules, store, notifier, newId: randomUUID }, pass);
  };
