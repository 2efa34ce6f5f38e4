import type { Server } from "node:http";
import { HTTPReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { reveal, type Secret } from "../token/secret.ts";
import { slackLogger } from "./logger.ts";

export const EVENTS_PATH = "/slack/events";

/** Slack's own requests stay far below; more is not from Slack. */
const BODY_LIMIT = "1mb";

/** Slack wants its answer within three seconds; a connection that takes longer may be anybody's. */
const CLOSE_TIMEOUT_MS = 3_000;

export const createHttpReceiver = (signingSecret: Secret, log: Logger): HTTPReceiver =>
  new HTTPReceiver({
    signingSecret: reveal(signingSecret),
    endpoints: EVENTS_PATH,
    logger: slackLogger(log),
    bodyLimit: BODY_LIMIT,
  });

const isInUse = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EADDRINUSE";

/** Listens for Slack's requests. Throws with what to do when another program has the port. */
export const listenHttp = async (receiver: HTTPReceiver, port: number): Promise<Server> => {
  try {
    return await receiver.start(port);
  } catch (error) {
    if (!isInUse(error)) throw error;
    const message = `The port ${port} for Slack's requests is in use. Stop the program that has it, or set PORT.`;
    throw new Error(message, { cause: error });
  }
};

/** Takes no more requests and waits for those in flight, without waiting for a client that does not go. */
export const closeHttp = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
    // The callback's error only says that it was not listening.
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
