import { SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { reveal, type Secret } from "../token/secret.ts";
import { type SlackApi, socketOptions } from "./clients.ts";
import { credentialCode, SlackCredentialError } from "./credential-error.ts";
import { slackLogger } from "./logger.ts";
import { troubleText } from "./trouble.ts";

/** How long to wait for Slack on the socket. */
interface SocketPatience {
  readonly connectMs: number;
  readonly closeMs: number;
  readonly pongMs: number;
}

const PATIENCE: SocketPatience = {
  /** From asking for the address to Slack's hello. */
  connectMs: 15_000,
  /** socket-mode's own closing can wait 30 s for a silent server. */
  closeMs: 3_000,
  /** For the answer to a ping; a socket can be dead without having been closed. */
  pongMs: 5_000,
};

type SocketClient = SocketModeReceiver["client"];

/**
 * socket-mode's reader is async and nobody looks at its promise: a frame that it cannot read would be an unhandled
 * rejection, which ends the process (socket-mode 3.1.0, `null` as a frame; tried 2026-11).
 */
const surviveBadFrames = (client: SocketClient, log: Logger): void => {
  const readers = client.listeners("ws_message");
  client.removeAllListeners("ws_message");
  client.on("ws_message", (...frame) => {
    Promise.all(readers.map(async (read) => read(...frame))).catch((error: unknown) => {
      log.warn({ error: troubleText(error) }, "a frame from Slack could not be read");
    });
  });
};

/**
 * A receiver whose socket the keeper reconnects: socket-mode 3.1.0's own reconnecting leaves seconds without a
 * connection, and its failures are unhandled rejections that end the process (tried 2026-11).
 */
export const createSocketReceiver = (
  appToken: Secret,
  api: SlackApi,
  { pongMs }: Pick<SocketPatience, "pongMs"> = PATIENCE,
): SocketModeReceiver => {
  const receiver = new SocketModeReceiver({
    appToken: reveal(appToken),
    autoReconnectEnabled: false,
    clientPingTimeout: pongMs,
    logger: slackLogger(api.log),
    installerOptions: { clientOptions: socketOptions(api) },
  });
  surviveBadFrames(receiver.client, api.log);
  return receiver;
};

const within = async <T>(promise: Promise<T>, ms: number, what: string): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what} took longer than ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Closes the socket, without waiting for a server that does not answer. */
export const closeSocket = async (client: SocketClient, { closeMs } = PATIENCE): Promise<void> => {
  await within(client.disconnect(), closeMs, "Closing Slack's socket").catch(() => undefined);
};

/**
 * Opens the socket; resolves after Slack's hello with the promise of its end. One that comes up after `stopping` was
 * aborted is closed again.
 */
export const connectSocket = async (
  client: SocketClient,
  stopping: AbortSignal,
  patience: SocketPatience = PATIENCE,
): Promise<{ readonly ended: Promise<void> }> => {
  const ended = Promise.withResolvers<void>();
  const finish = (): void => ended.resolve();
  // Before the hello, because what ends right after it must be seen as well.
  client.once("disconnected", finish);
  try {
    await within(client.start(), patience.connectMs, "Connecting to Slack's socket");
    if (stopping.aborted) throw new Error("The bot stopped while it connected to Slack's socket");
    return { ended: ended.promise };
  } catch (error) {
    client.off("disconnected", finish);
    await closeSocket(client, patience);
    const code = credentialCode(error);
    if (code !== undefined) throw new SlackCredentialError(code, "SLACK_APP_TOKEN", error);
    throw error instanceof Error ? error : new Error("Slack's socket closed before it said hello", { cause: error });
  }
};
