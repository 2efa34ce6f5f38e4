import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { HTTPModuleFunctions, HTTPReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { reveal, type Secret } from "../token/secret.ts";
import { slackLogger } from "./logger.ts";

export const EVENTS_PATH = "/slack/events";

/** Slack's own requests stay far below; more is not from Slack. */
const BODY_LIMIT = "1mb";

/** Slack wants its answer within three seconds; a connection that takes longer may be anybody's. */
const CLOSE_TIMEOUT_MS = 3_000;

const { bufferIncomingMessage, isRawBodyError, parseHTTPRequestBody } = HTTPModuleFunctions;

/** JSON `null`, as the whole body or as the payload of a form. What cannot be read at all is Bolt's to refuse. */
const holdsNothing = (request: Parameters<typeof parseHTTPRequestBody>[0]): boolean => {
  try {
    return parseHTTPRequestBody(request) === null;
  } catch {
    return false;
  }
};

/**
 * Refuses a body of `null` before Bolt sees it: Bolt reads its fields outside any try, and the rejection would end the
 * process (bolt 5.1.0, HTTPReceiver; tried 2026-11).
 */
const refuseNothing = (receiver: HTTPReceiver, log: Logger): void => {
  const { requestListener } = receiver;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const buffered = await bufferIncomingMessage(request, BODY_LIMIT);
      if (holdsNothing(buffered)) response.writeHead(400).end();
      else requestListener(buffered, response);
    } catch (error) {
      const status = isRawBodyError(error) ? error.statusCode : 400;
      log.warn({ status }, "a request to Slack's address could not be read");
      response.writeHead(status).end();
    }
  };
  receiver.requestListener = (request, response) => void answer(request, response);
};

export const createHttpReceiver = (signingSecret: Secret, log: Logger): HTTPReceiver => {
  const receiver = new HTTPReceiver({
    signingSecret: reveal(signingSecret),
    endpoints: EVENTS_PATH,
    logger: slackLogger(log),
    bodyLimit: BODY_LIMIT,
  });
  refuseNothing(receiver, log);
  return receiver;
};

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
