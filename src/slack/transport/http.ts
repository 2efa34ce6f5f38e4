import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerOptions, ServerResponse } from "node:http";
import { HTTPModuleFunctions, HTTPReceiver, isValidSlackRequest } from "@slack/bolt";
import type { Logger } from "pino";
import { closeServer } from "../../network/close-server.ts";
import { reveal, type Secret } from "../../token/secret/secret.ts";
import { redact } from "../../token/secret/shape.ts";
import { createBodyRoom } from "../kit/body-room.ts";
import { boundConnections } from "./connections.ts";
import { BODY_LIMIT_BYTES, checkHead, EVENTS_PATH } from "./http-head.ts";
import { slackLogger } from "./logger.ts";
import { createRefusals, type Refusal, type Refusals } from "./refusals.ts";

/**
 * A receiver that passes only Slack's signed requests to Bolt. It replaces Bolt's own checks (bolt 5.1.0, HTTPReceiver;
 * tried 2026-11). Bolt reads the whole body of every request first, and logs each unsigned request. Bolt parses a form
 * as JSON when its content type names a charset. Bolt also reads fields of a `null` body outside any try, which would
 * end the process.
 */
export function createHttpReceiver(
  signingSecret: Secret,
  log: Logger,
  refusals: Refusals = createRefusals({ log, now: () => new Date() }),
): HTTPReceiver {
  const secret = reveal(signingSecret);
  const receiver = new HTTPReceiver({
    signingSecret: secret,
    // The function `answer` verifies every signature.
    signatureVerification: false,
    endpoints: EVENTS_PATH,
    logger: slackLogger(log),
    bodyLimit: BODY_LIMIT_BYTES,
  });
  const room = createBodyRoom(BODY_ROOM_BYTES);
  const { requestListener: letIn } = receiver;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const turnAway = (why: keyof typeof STATUSES): void => {
      refusals.refused(why);
      refuse(request, response, STATUSES[why]);
    };
    const head = checkHead(request, Date.now());
    switch (head.kind) {
      case "other_path":
      case "other_method": {
        const { method } = request;
        log.debug(
          { method, path: redact(head.path).slice(0, LONGEST_PATH) },
          "refused a request for another path or method",
        );
        if (head.kind === "other_path") refuse(request, response, 404);
        else refuse(request, response, 405, { allow: "POST" });
        return;
      }
      case "unsigned":
      case "stale":
      case "too_large":
        return turnAway(head.kind);
      case "signed":
        break;
    }
    const bytes = head.contentLength ?? BODY_LIMIT_BYTES;
    if (!room.take(bytes)) return turnAway("no_room");
    try {
      const buffered = await bufferIncomingMessage(request, BODY_LIMIT_BYTES);
      const headers = { "x-slack-signature": head.signature, "x-slack-request-timestamp": head.seconds };
      if (!isValidSlackRequest({ signingSecret: secret, body: buffered.rawBody.toString(), headers }))
        return turnAway("forged");
      refusals.accepted();
      buffered.headers["content-type"] = mediaType(request);
      if (holdsNothing(buffered)) refuse(request, response, 400);
      else letIn(buffered, response);
    } catch (error) {
      const status = isRawBodyError(error) ? error.statusCode : 400;
      refusals.refused(status === STATUSES.too_large ? "too_large" : "unreadable");
      refuse(request, response, status);
    } finally {
      room.give(bytes);
    }
  };
  receiver.requestListener = (request, response) => void answer(request, response);
  return receiver;
}

/** Listens for Slack's requests on IPv6 and IPv4. If another program uses the port, the error says what to do. */
export async function listenHttp(receiver: HTTPReceiver, port: number, refusals?: Refusals): Promise<Server> {
  try {
    const server = await receiver.start(port, SERVER);
    boundConnections(server, MOST_CONNECTIONS, () => refusals?.refused("dropped"));
    return server;
  } catch (error) {
    if (!isInUse(error)) throw error;
    const message = `Port ${port} for Slack's requests is in use. Stop the program that uses it, or set PORT.`;
    throw new Error(message, { cause: error });
  }
}

/** Stops listening and waits for the requests in flight, but not for a client that keeps its connection open. */
export function closeHttp(server: Server): Promise<void> {
  return closeServer(server, CLOSE_TIMEOUT_MS);
}

/** Slack sends a few requests at a time. More connections come from strangers, and each holds an open file. */
const MOST_CONNECTIONS = 100;

/** Memory for large bodies that are read at the same time. */
const BODY_ROOM_BYTES = 4 * BODY_LIMIT_BYTES;

/** Slack gives up after three seconds, so a slower sender only wastes a connection. */
const SERVER: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  // By default, Node looks for late requests only every 30 s.
  connectionsCheckingInterval: 1_000,
};

/** Slack wants its answer within three seconds. A request that takes longer hardly comes from Slack. */
const CLOSE_TIMEOUT_MS = 3_000;

/** For the log, because a path from outside may have any length. */
const LONGEST_PATH = 200;

const STATUSES: Readonly<Record<Exclude<Refusal, "unreadable" | "dropped">, number>> = {
  unsigned: 401,
  stale: 401,
  forged: 401,
  too_large: 413,
  no_room: 503,
};

const { bufferIncomingMessage, isRawBodyError, parseHTTPRequestBody } = HTTPModuleFunctions;

type Buffered = Parameters<typeof parseHTTPRequestBody>[0];

/** True for JSON `null`, as the whole body or as the payload of a form. Bolt refuses unreadable bodies itself. */
function holdsNothing(request: Buffered): boolean {
  try {
    return parseHTTPRequestBody(request) === null;
  } catch {
    return false;
  }
}

/** Answers at once and discards the rest of the body. A body that exceeds the limit ends the connection. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { "content-length": 0, ...headers }).end();
  let left = BODY_LIMIT_BYTES;
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}

/** The content type without its parameters, as Bolt compares it. */
function mediaType({ headers }: IncomingMessage): string {
  return (headers["content-type"] ?? "").split(";", 1).join("").trim().toLowerCase();
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
