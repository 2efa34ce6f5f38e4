import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { createNotifier, type NotifierOptions } from "../slack/messages/alert/notifier.ts";
import { deliver, type DeliverySummary, type Pass } from "../outbox/deliver.ts";
import type { LeaseKeeper } from "../watch/lease-keeper.ts";
import { PACE_MS } from "../outbox/pace.ts";
import type { Rests } from "../outbox/rests.ts";
import type { WatchStore } from "../watch/ports.ts";

export interface DeliveryParts {
  readonly now: () => Date;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly quietUntil: (at: Date) => Date | null;
  readonly rests: Rests;
  readonly log: Logger;
}

/** An open store, and this program's leases in it. */
export interface OpenedStore {
  readonly store: WatchStore;
  readonly leases: LeaseKeeper;
}

/** Runs one pass over the outbox. */
export type Deliver = (opened: OpenedStore, slack: ToSlack, pass?: Pass) => Promise<DeliverySummary>;

export function createDelivery(config: Config, parts: DeliveryParts): Deliver {
  return ({ store, leases }, slack, pass) => {
    const { repeatCriticalMs, timezone } = config;
    const { fallbackChannel } = config.alerts;
    const renews = config.slack.adminUsers !== undefined;
    const notifier = createNotifier({ ...slack, timezone, renews, log: parts.log });
    const rules = { fallbackChannel, repeatCriticalMs, paceMs: PACE_MS };
    return deliver({ ...parts, ...rules, store, holding: () => leases.holding(), notifier, newId: randomUUID }, pass);
  };
}

/** Access to Slack. `links` returns the base URL of links to messages, once Slack has sent it. */
type ToSlack = Pick<NotifierOptions, "client" | "links">;
