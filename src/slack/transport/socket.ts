import { SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { causeOf } from "../../network/cause.ts";
import type { Proxies } from "../../network/proxies.ts";
import { openSocketAgent, type SocketAgent } from "../../network/socket-agent.ts";
import { inTime } from "../../token/in-time.ts";
import { reveal, type Secret } from "../../token/secret/secret.ts";
import { type SlackApi, socketOptions } from "./clients.ts";
import { credentialCode, SlackCredentialError } from "./credential-error.ts";
import { slackLogger } from "./logger.ts";
import { troubleText } from "./trouble.ts";

export interface SocketOptions extends SlackApi {
  readonly proxies: Proxies;
}

/** The WebSocket connection to Slack: the library's receiver and the agent that it connects through. */
export interface SlackSocket {
  readonly receiver: SocketModeReceiver;
  readonly agent: SocketAgent;
}

/**
 * A receiver without socket-mode's own reconnecting, because the keeper reconnects. socket-mode 3.1.0 leaves seconds
 * without a connection, and its failures are unhandled rejections that end the process (tried 2026-11).
 */
export function createSocket(
  appToken: Secret,
  options: SocketOptions,
  { pongMs }: Pick<SocketPatience, "pongMs"> = PATIENCE,
): SlackSocket {
  const agent = openSocketAgent(options.proxies);
  const receiver = new SocketModeReceiver({
    appToken: reveal(appToken),
    autoReconnectEnabled: false,
    clientPingTimeout: pongMs,
    dispatcher: agent.dispatcher,
    logger: slackLogger(options.log),
    installerOptions: { clientOptions: socketOptions(options) },
  });
  surviveBadFrames(receiver.client, options.log);
  return { receiver, agent };
}

/** Closes the socket, without waiting for a server that does not answer. */
export async function closeSocket({ receiver, agent }: SlackSocket, { closeMs } = PATIENCE): Promise<void> {
  await inTime(receiver.client.disconnect(), closeMs).catch(() => undefined);
  agent.cut();
}

/** Closes the socket and its agent permanently. */
export async function endSocket(socket: SlackSocket): Promise<void> {
  await closeSocket(socket);
  await socket.agent.close();
}

/**
 * Opens the socket. Resolves after Slack's hello with a promise that settles when the socket ends. If `stopping` was
 * aborted meanwhile, it closes the socket again. Rejects with a sentence that says why there is no socket.
 */
export async function connectSocket(
  socket: SlackSocket,
  stopping: AbortSignal,
  patience: SocketPatience = PATIENCE,
): Promise<{ readonly ended: Promise<void> }> {
  const { client } = socket.receiver;
  const ended = Promise.withResolvers<void>();
  const finish = (): void => ended.resolve();
  let host: string | undefined;
  const noteHost = (answer: { readonly url?: unknown }): void => {
    host = hostOf(answer.url);
  };
  // Registered before the hello, so that an end right after the hello is noticed.
  client.once("disconnected", finish);
  client.once("authenticated", noteHost);
  try {
    if (!(await inTime(client.start(), patience.connectMs)))
      throw new Error(socketTrouble(socket, host, patience.connectMs));
    if (stopping.aborted) throw new Error("The bot stopped while it connected to Slack's socket");
    return { ended: ended.promise };
  } catch (error) {
    client.off("disconnected", finish);
    client.off("authenticated", noteHost);
    // The library does not say why a socket closed.
    const trouble = error instanceof Error ? error : new Error(socketTrouble(socket, host, undefined));
    await closeSocket(socket, patience);
    const code = credentialCode(trouble);
    if (code !== undefined) throw new SlackCredentialError(code, "SLACK_APP_TOKEN", trouble);
    throw trouble;
  }
}

/** The time that the bot waits for Slack on the socket. */
interface SocketPatience {
  readonly connectMs: number;
  readonly closeMs: number;
  readonly pongMs: number;
}

const PATIENCE: SocketPatience = {
  /** From the request for the address to Slack's hello. */
  connectMs: 15_000,
  /** socket-mode's own closing can wait 30 s for a silent server. */
  closeMs: 3_000,
  /** For the answer to a ping, because a socket can be dead without a close. */
  pongMs: 5_000,
};

type SocketClient = SocketModeReceiver["client"];

/**
 * Keeps unreadable frames from ending the process. socket-mode reads frames in an async function and does not handle
 * its promise. Such a frame would be an unhandled rejection (socket-mode 3.1.0, `null` as a frame; tried 2026-11).
 */
function surviveBadFrames(client: SocketClient, log: Logger): void {
  const readers = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  client.on("ws_message", (...frame) => {
    Promise.all(readers.map(async (read) => read(...frame))).catch((error: unknown) => {
      log.warn({ error: troubleText(error) }, "could not read a frame from Slack");
    });
  });
}

/** The host of the address from Slack. The rest of the address contains a ticket. */
function hostOf(url: unknown): string {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).host : "an address that the bot cannot read";
}

/** Why the handshake or the hello did not arrive; `host` is undefined until Slack returns an address. */
function socketTrouble({ agent }: SlackSocket, host: string | undefined, lateMs: number | undefined): string {
  const late = lateMs === undefined ? undefined : `within ${lateMs / 1_000} s`;
  if (host === undefined) return `Slack returned no address for the WebSocket ${late ?? ""}`.trim();
  const handshake = agent.handshake();
  switch (handshake.kind) {
    case "refused":
      return `The WebSocket to ${host} was refused (HTTP ${handshake.status})`;
    case "failed":
      return `The WebSocket to ${host} could not be opened (${causeOf(handshake.error)})`;
    case "open":
      return `The WebSocket to ${host} ${late === undefined ? "closed before it said hello" : `said no hello ${late}`}`;
    case "none":
      return `The WebSocket to ${host} could not be opened`;
    case "asked":
      return `The WebSocket to ${host} was not answered ${late ?? "at all"}`;
  }
}
