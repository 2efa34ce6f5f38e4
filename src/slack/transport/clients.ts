import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Logger } from "pino";
import type { Fetch } from "../../network/fetch.ts";
import { reveal, type Secret } from "../../token/secret/secret.ts";
import { slackLogger } from "./logger.ts";

export const DEADLINES: Deadlines = {
  /** A modal must open within the three seconds of its trigger. A retry would come after the trigger expired. */
  peopleMs: 2_000,
  /** Alerts can wait for a slow Slack. Only the outbox retries them. */
  alertsMs: 10_000,
  /** The answer to a command through its response_url. Bolt sets no limit of its own (bolt 5.1.0, create-respond). */
  respondMs: 5_000,
};

/** The options that every client needs. */
export interface SlackApi {
  /** Base of the Web API, with `/api/`; undefined: Slack's own. */
  readonly apiUrl: string | undefined;
  readonly log: Logger;
  /** Sends requests to Slack, through the proxy if there is one. */
  readonly fetch: Fetch;
  /** `DEADLINES`, unless a test needs shorter ones. */
  readonly deadlines?: Deadlines;
}

export interface ClientOptions extends SlackApi {
  readonly botToken: Secret;
}

/** Options for Bolt's listeners: no retry, and a deadline on `respond` as well. */
export function listenerOptions(api: SlackApi): WebClientOptions {
  return {
    ...baseOptions(api, deadlinesOf(api).peopleMs),
    fetch: fetchWithin(api.fetch, deadlinesOf(api).respondMs),
  };
}

/** For `apps.connections.open`. Only the reconnecting loop retries it. */
export function socketOptions(api: SlackApi): WebClientOptions {
  return baseOptions(api, deadlinesOf(api).alertsMs);
}

/** For answers to people: modals and direct messages. */
export function createPeopleClient(options: ClientOptions): WebClient {
  return new WebClient(reveal(options.botToken), baseOptions(options, deadlinesOf(options).peopleMs));
}

/** For alerts and for the start-up check. */
export function createAlertClient(options: ClientOptions): WebClient {
  return new WebClient(reveal(options.botToken), baseOptions(options, deadlinesOf(options).alertsMs));
}

/** The time that Slack may take to answer. */
interface Deadlines {
  readonly peopleMs: number;
  readonly alertsMs: number;
  readonly respondMs: number;
}

function fetchWithin(fetch: Fetch, timeoutMs: number): Fetch {
  return (url, init) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal === undefined ? deadline : AbortSignal.any([init.signal, deadline]);
    return fetch(url, { ...init, signal });
  };
}

function deadlinesOf({ deadlines = DEADLINES }: SlackApi): Deadlines {
  return deadlines;
}

/**
 * Fresh options for each client, because Slack's libraries write into the object. `headers` are never set: they would
 * leak one workspace's token to another (bolt 5.1.0; tried 2026-11).
 */
function baseOptions({ apiUrl, log, fetch }: SlackApi, timeoutMs: number): WebClientOptions {
  return {
    fetch,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    allowAbsoluteUrls: false,
    logger: slackLogger(log),
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
}
