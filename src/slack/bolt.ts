// slack/ puts the product into Slack: bolt.ts and its neighbours are the transport, a folder per feature holds what
// people see, register.ts is the one table from id to listener. It imports token/ and guide/ values, watch/ types,
// network/ and @slack/*. To add a command or button: its id in the feature's ids.ts, a row in register.ts.
import type { Server } from "node:http";
import { App, type Receiver } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Fetch } from "../network/fetch.ts";
import type { Proxies } from "../network/proxies.ts";
import { reveal, type Secret } from "../token/secret.ts";
import { type Installation, readInstallation } from "./bot-token.ts";
import { createAlertClient, createPeopleClient, listenerOptions } from "./clients.ts";
import { EVENTS_PATH } from "./http-head.ts";
import { closeHttp, createHttpReceiver, listenHttp } from "./http.ts";
import { createInFlight } from "./in-flight.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { slackLogger } from "./logger.ts";
import { createRefusals } from "./refusals.ts";
import { connectSocket, createSocket, endSocket } from "./socket.ts";

/** How Slack reaches the bot. */
export type SlackMode =
  | { readonly kind: "socket"; readonly appToken: Secret }
  | { readonly kind: "http"; readonly signingSecret: Secret; readonly port: number };

export interface SlackOptions {
  readonly mode: SlackMode;
  readonly botToken: Secret;
  /** Base of the Web API, with `/api/`; undefined: Slack's own. */
  readonly apiUrl: string | undefined;
  readonly log: Logger;
  /** The way to Slack's Web API and to `response_url`. */
  readonly fetch: Fetch;
  /** For the WebSocket. */
  readonly proxies: Proxies;
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** In place of the real transport. */
  readonly receiver: Receiver | undefined;
}

/** The bot's link to one Slack workspace. Construction is inert. */
export interface Slack {
  readonly app: App;
  readonly people: WebClient;
  readonly alerts: WebClient;
  /**
   * Rejects with `SlackCredentialError` for a refused credential; Slack being away is retried in the background. An
   * aborted `signal` ends it early; `stop` then closes what is there.
   */
  start(signal?: AbortSignal): Promise<void>;
  /** Takes no more requests, then waits for the work in flight. */
  stop(): Promise<void>;
  /** Null while linked, else why not. */
  problem(): string | null;
  /** Why no request of late was let in. Strangers can cause it, so it never makes the bot unready. Null: no reason. */
  requestProblem(): string | null;
  /** What `auth.test` said; null until it answered. */
  installation(): Installation | null;
}

/** A good bot token is looked at again after this long: nobody tells us when it is revoked. */
const RECHECK_MS = 5 * 60_000;

/** A socket that lasts less than this is not simply being refreshed; Slack does that every few hours. */
const STEADY_MS = 10_000;

interface Transport {
  readonly receiver: Receiver;
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Kept up besides the bot token's check. */
  readonly keeper: Keeper | undefined;
  readonly requestProblem: () => string | null;
}

const socketTransport = (appToken: Secret, options: SlackOptions): Transport => {
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
};

const httpTransport = (signingSecret: Secret, port: number, { log, now }: SlackOptions): Transport => {
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
};

const givenTransport = (receiver: Receiver): Transport => ({
  receiver,
  open: async () => {
    await receiver.start();
  },
  close: async () => {
    await receiver.stop();
  },
  keeper: undefined,
  requestProblem: () => null,
});

const transportOf = (options: SlackOptions): Transport => {
  const { mode, receiver } = options;
  if (receiver !== undefined) return givenTransport(receiver);
  return mode.kind === "socket"
    ? socketTransport(mode.appToken, options)
    : httpTransport(mode.signingSecret, mode.port, options);
};

export const createSlack = (options: SlackOptions): Slack => {
  const { botToken, apiUrl, log, fetch, now, wait } = options;
  const clientOptions = { botToken, apiUrl, log, fetch };
  const alerts = createAlertClient(clientOptions);
  const transport = transportOf(options);
  const inFlight = createInFlight();
  const app = new App({
    receiver: transport.receiver,
    // Our own check of the token, so that people are answered even while Slack's auth.test is away.
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
};
