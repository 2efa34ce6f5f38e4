import { setTimeout as sleep } from "node:timers/promises";
import type { Receiver } from "@slack/bolt";
import type { Logger } from "pino";
import type { Dispatcher } from "undici";
import type { Config } from "../config/config.ts";
import { createLogger } from "../log.ts";
import { createFetch, type OpenFetch } from "../network/fetch.ts";
import { quietUntil } from "../outbox/quiet.ts";
import { createRests, type Rests } from "../outbox/rests.ts";
import type { WatchStore } from "../watch/ports.ts";
import type { WatchBook } from "../watch/watch-book.ts";
import { type Budgets, createBudgets } from "./budgets.ts";
import { createAfterRound } from "./after-round.ts";
import { type Clock, createClock } from "./clock.ts";
import { createDelivery, type Deliver } from "./delivery.ts";
import { escalationOf } from "./escalation.ts";
import { openFleets } from "./fleets/open-fleets.ts";
import { createInspection, type Inspection } from "./inspection.ts";
import { createObservation, type Observation } from "./observation.ts";
import { type OpenRenewalPorts, renewalPortsOf } from "./renewal/renewal-ports.ts";
import { createRounds, type Rounds } from "./rounds.ts";

/** Replacements for the outside world in tests and demos. */
export interface Overrides {
  readonly now?: () => Date;
  readonly dispatcher?: Dispatcher;
  readonly receiver?: Receiver;
  /** Used instead of DATABASE_URL. `stop` closes it. */
  readonly store?: WatchStore;
  /** The process environment, for `env:` sources. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The path of `.env`, for `env:` sources whose variable comes from that file. */
  readonly dotenvPath?: string;
  readonly log?: Logger;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** The parts that open nothing before their first use. A running bot and a single round both build on them. */
export interface Parts {
  readonly config: Config;
  readonly watches: WatchBook;
  readonly fleets: ReturnType<typeof openFleets>;
  readonly log: Logger;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** This machine's time, without the correction to the store's clock. */
  readonly machineNow: () => Date;
  readonly clock: Clock;
  readonly now: () => Date;
  readonly receiver: Receiver | undefined;
  /** Used instead of DATABASE_URL. */
  readonly givenStore: WatchStore | undefined;
  /** Sends requests to Slack and to the outside monitor. */
  readonly outbound: OpenFetch;
  readonly inspection: Inspection;
  readonly budgets: Budgets;
  readonly observation: Observation;
  readonly rounds: Rounds;
  readonly rests: Rests;
  readonly deliver: Deliver;
  readonly renewalPorts: OpenRenewalPorts;
  readonly quietUntil: (at: Date) => Date | null;
}

/** Creates the parts in the order of their dependencies. */
export function createParts(config: Config, overrides: Overrides): Parts {
  const { now: machineNow = () => new Date(), wait = realWait, env = {}, dotenvPath, dispatcher, receiver } = overrides;
  const log = overrides.log ?? createLogger({ level: config.logLevel });
  const clock = createClock(machineNow, log);
  const { now } = clock;
  const outbound = createFetch(config.proxies);
  const ownSecretNames = new Set(config.ownSecretNames);
  const fleets = openFleets(config, { env, ownSecretNames, now, log });
  const { book: watches, places: fleetLines } = fleets;
  const observation = createObservation(config, { now, log });
  const { onRequest } = observation;
  const budgets = createBudgets({ ...fleets, watches, now, log });
  const { onUsage } = budgets;
  const inspection = createInspection(config, {
    now,
    wait,
    dispatcher,
    env,
    dotenvPath,
    ownSecretNames,
    fleetLines,
    onRequest,
    onUsage,
    log,
  });
  const escalation = escalationOf(config);
  const afterRound = createAfterRound(config, { watches, fleets, now, fetch: outbound.fetch, log });
  const rounds = createRounds(config, {
    watches,
    inspection,
    budgets,
    observation,
    clock,
    escalation,
    afterRound,
    log,
  });
  const rests = createRests(Math.random);
  const quietEnd = (at: Date): Date | null => quietUntil(config.alerts.quiet, at);
  const renewalPorts = renewalPortsOf({ env, ownSecretNames, fetch: outbound.fetch });
  const deliver = createDelivery(config, { now, wait, quietUntil: quietEnd, rests, log });
  return {
    config,
    watches,
    fleets,
    log,
    wait,
    machineNow,
    clock,
    now,
    receiver,
    givenStore: overrides.store,
    outbound,
    inspection,
    budgets,
    observation,
    rounds,
    rests,
    deliver,
    renewalPorts,
    quietUntil: quietEnd,
  };
}

/** Lets the stack close the connections that the parts open at their first use. */
export function deferConnections({ fleets, inspection, outbound }: Parts, opened: AsyncDisposableStack): void {
  opened.defer(() => inspection.close());
  opened.defer(() => outbound.close());
  opened.defer(() => fleets.close());
}

/** The access of every client of Slack's Web API. Throws when the bot token is not set. */
export function slackAccess({ config, outbound, log }: Parts) {
  const { botToken, apiUrl } = config.slack;
  if (botToken === undefined) throw new Error("SLACK_BOT_TOKEN is not set. The bot needs it to post in Slack.");
  return { botToken, apiUrl, log, fetch: outbound.fetch };
}

/** Waits in real time. An aborted wait ends early and does not throw, because every caller checks the signal. */
function realWait(ms: number, signal?: AbortSignal): Promise<void> {
  return sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
