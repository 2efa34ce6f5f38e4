// slack/ connects the product to Slack. transport/ holds the connection, requests/ the way from a request to its
// listener, kit/ the parts of every view. The other folders are features with their views and listeners. To add a
// command or button: add its ID to the feature's ids.ts and a row to requests/register.ts.
import type { Server } from "node:http";
import { App, type Receiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Fetch } from "../../network/fetch.ts";
import type { Proxies } from "../../network/proxies.ts";
import { reveal, type Secret } from "../../token/secret/secret.ts";
import { type Installation, readInstallation } from "./bot-token.ts";
import { createAlertClient, createPeopleClient, listenerOptions } from "./clients.ts";
import { EVENTS_PATH } from "./http-head.ts";
import { closeHttp, createHttpReceiver, listenHttp } from "./http.ts";
import { createInFlight } from "./in-flight.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { slackLogger } from "./logger.ts";
import { createRefusals } from "./refusals.ts";
import { connectSocket, createSocket, endSocket } from "./socket.ts";

/** The connection between Slack and the bot. */
export type SlackMode =
  | { readonly kind: "socket"; readonly appToken: Secret }
  | { readonly kind: "http"; readonly signingSecret: Secret; readonly port: number };

export interface SlackOptions {
  readonly mode: SlackMode;
  readonly botToken: Secret;
  /** Base of the Web API, with `/api/`; undefined: Slack's own. */
  readonly apiUrl: string | undefined;
  readonly log: Logger;
  /** Sends requests to Slack's Web API and to `response_url`. */
  readonly fetch: Fetch;
  /** For the WebSocket. */
  readonly proxies: Proxies;
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Replaces the real transport when set. */
  readonly receiver: Receiver | undefined;
}

/** The bot's link to one Slack workspace. Creating it starts nothing. */
export interface Slack {
  readonly app: App;
  readonly people: WebClient;
  readonly alerts: WebClient;
  /**
   * Rejects with `SlackCredentialError` for a refused credential. If Slack does not answer, retries in the background.
   * An aborted `signal` ends it early; `stop` then closes open connections.
   */
  start(signal?: AbortSignal): Promise<void>;
  /** Accepts no more requests, then waits for the work in flight. */
  stop(): Promise<void>;
  /** Null while linked, else the reason. */
  problem(): string | null;
  /**
   * Why every recent request was refused; null: no reason. Strangers can cause it, so it never makes the bot unready.
   */
  requestProblem(): string | null;
  /** The answer of `auth.test`; null until Slack answered. */
  installation(): Installation | null;
}

export function createSlack(options: SlackOptions): Slack {
  const { botToken, apiUrl, log, fetch, now, wait } = options;
  const clientOptions = { botToken, apiUrl, log, fetch };
  const alerts = createAlertClient(clientOptions);
  const transport = transportOf(options);
  const inFlight = createInFlight();
  const app = new App({
    receiver: transport.receiver,
    // The bot checks the token itself, so people get answers even while Slack's auth.test does not answer.
    authorize: () => Promise.resolve({ botToken: reveal(botToken) }),
    deferInitialization: true,
    convoStore: false,
    attachFunctionToken: false,
    logger: slackLogger(log),
    clientOptions: listenerOptions(clientOptions),
  });
  app.use(inFlight.middleware);

  let installation: Installation | null = null;
  const botTokenKeeper = createKeeper({
    name: "Slack bot token",
    attempt: async (stopping) => {
      installation = await readInstallation(alerts);
      return { ended: wait(RECHECK_MS, stopping) };
    },
    now,
    wait,
    log,
  });
  const keepers = [botTokenKeeper, ...(transport.keeper === undefined ? [] : [transport.keeper])];

  const stopKeepers = (): Promise<unknown> => Promise.all(keepers.map((keeper) => keeper.stop()));

  return {
    app,
    people: createPeopleClient(clientOptions),
    alerts,
    start: async (signal) => {
      await app.init();
      await transport.open();
      const stopped = (): void => void stopKeepers();
      signal?.addEventListener("abort", stopped, { once: true });
      if (signal?.aborted === true) stopped();
      try {
        await Promise.all(keepers.map((keeper) => keeper.start()));
      } finally {
        signal?.removeEventListener("abort", stopped);
      }
    },
    stop: async () => {
      await stopKeepers();
      await transport.close();
      await inFlight.settled();
    },
    problem: () => keepers.map((keeper) => keeper.problem()).find((problem) => problem !== null) ?? null,
    requestProblem: () => transport.requestProblem(),
    installation: () => installation,
  };
}

/** The time between two checks of a good bot token. Slack does not report a revoked token by itself. */
const RECHECK_MS = 5 * 60_000;

/** Slack refreshes a socket every few hours. A socket that ends sooner than this has another problem. */
const STEADY_MS = 10_000;

interface Transport {
  readonly receiver: Receiver;
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Keeps the connection up, in addition to the check of the bot token. */
  readonly keeper: Keeper | undefined;
  readonly requestProblem: () => string | null;
}

function socketTransport(appToken: Secret, options: SlackOptions): Transport {
  const { log, now, wait } = options;
  const socket = createSocket(appToken, options);
  const attempt = (stopping: AbortSignal) => connectSocket(socket, stopping);
  return {
    receiver: socket.receiver,
    open: () => Promise.resolve(),
    close: () => endSocket(socket),
    keeper: createKeeper({ name: "Slack socket", attempt, steadyMs: STEADY_MS, now, wait, log }),
    requestProblem: () => null,
  };
}

function httpTransport(signingSecret: Secret, port: number, { log, now }: SlackOptions): Transport {
  const refusals = createRefusals({ log, now });
  const receiver = createHttpReceiver(signingSecret, log, refusals);
  let server: Server | undefined;
  return {
    receiver,
    open: async () => {
      server = await listenHttp(receiver, port, refusals);
      log.info({ port, path: EVENTS_PATH }, "listening for Slack's requests");
    },
    close: async () => {
      if (server !== undefined) await closeHttp(server);
    },
    keeper: undefined,
    requestProblem: () => refusals.problem(),
  };
}

function givenTransport(receiver: Receiver): Transport {
  return {
    receiver,
    open: async () => {
      await receiver.start();
    },
    close: async () => {
      await receiver.stop();
    },
    keeper: undefined,
    requestProblem: () => null,
  };
}

function transportOf(options: SlackOptions): Transport {
  const { mode, receiver } = options;
  if (receiver !== undefined) return givenTransport(receiver);
  return mode.kind === "socket"
    ? socketTransport(mode.appToken, options)
    : httpTransport(mode.signingSecret, mode.port, options);
}
