import { type FetchFunction, WebClient, type WebClientOptions } from "@slack/web-api";
import type { Logger } from "pino";
import { reveal, type Secret } from "../token/secret.ts";
import { slackLogger } from "./logger.ts";

/** Opening a modal must fit into the three seconds of its trigger; a retry would only meet a spent trigger. */
const PEOPLE_TIMEOUT_MS = 2_000;

/** Alerts can wait for a slow Slack; the outbox is their only retry. */
const ALERT_TIMEOUT_MS = 10_000;

/** The answer to a command through its response_url; Bolt sets no limit of its own (bolt 5.1.0, create-respond). */
const RESPOND_TIMEOUT_MS = 5_000;

export interface ClientOptions {
  readonly botToken: Secret;
  readonly apiUrl: string | undefined;
  readonly log: Logger;
}

const fetchWithin =
  (timeoutMs: number): FetchFunction =>
  (url, init) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal === undefined ? deadline : AbortSignal.any([init.signal, deadline]);
    return fetch(url, { ...init, signal });
  };

/**
 * Fresh options for each client: Slack's libraries write into the object they are given, and `headers` set there would
 * leak one workspace's token to another (bolt 5.1.0; tried 2026-11), so it never is.
 */
const baseOptions = ({ apiUrl, log }: Omit<ClientOptions, "botToken">, timeoutMs: number): WebClientOptions => ({
  ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  allowAbsoluteUrls: false,
  logger: slackLogger(log),
  timeout: timeoutMs,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
});

/** What Bolt gives its listeners: no retry, and a deadline on `respond` as well. */
export const listenerOptions = (options: Omit<ClientOptions, "botToken">): WebClientOptions => ({
  ...baseOptions(options, PEOPLE_TIMEOUT_MS),
  fetch: fetchWithin(RESPOND_TIMEOUT_MS),
});

/** For `apps.connections.open`: the reconnecting loop is its only retry. */
export const socketOptions = (options: Omit<ClientOptions, "botToken">): WebClientOptions =>
  baseOptions(options, ALERT_TIMEOUT_MS);

/** For answers to people: modals and direct messages. */
export const createPeopleClient = (options: ClientOptions): WebClient =>
  new WebClient(reveal(options.botToken), baseOptions(options, PEOPLE_TIMEOUT_MS));

/** For alerts and for the start-up check. */
export const createAlertClient = (options: ClientOptions): WebClient =>
  new WebClient(reveal(options.botToken), baseOptions(options, ALERT_TIMEOUT_MS));
