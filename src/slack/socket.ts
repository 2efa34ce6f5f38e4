import { SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { reveal, type Secret } from "../token/secret.ts";
import { socketOptions } from "./clients.ts";
import { credentialCode, SlackCredentialError } from "./credential-error.ts";
import { slackLogger } from "./logger.ts";

/** From asking for the address to Slack's hello. */
const CONNECT_TIMEOUT_MS = 15_000;

/** socket-mode's own closing can wait 30 s for a silent server. */
const CLOSE_TIMEOUT_MS = 3_000;

type SocketClient = SocketModeReceiver["client"];

/**
 * A receiver whose socket the keeper reconnects: socket-mode 3.1.0's own reconnecting leaves seconds without a
 * connection, and its failures are unhandled rejections that end the process (tried 2026-11).
 */
export const createSocketReceiver = (appToken: Secret, apiUrl: string | undefined, log: Logger): SocketModeReceiver =>
  new SocketModeReceiver({
    appToken: reveal(appToken),
    autoReconnectEnabled: false,
    logger: slackLogger(log),
    installerOptions: { clientOptions: socketOptions({ apiUrl, log }) },
  });

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
export const closeSocket = async (client: SocketClient): Promise<void> => {
  await within(client.disconnect(), CLOSE_TIMEOUT_MS, "Closing Slack's socket").catch(() => undefined);
};

/** Opens the socket; resolves after Slack's hello with the promise of its end. */
export const connectSocket = async (client: SocketClient): Promise<{ readonly ended: Promise<void> }> => {
  const ended = Promise.withResolvers<void>();
  const finish = (): void => ended.resolve();
  try {
    await within(client.start(), CONNECT_TIMEOUT_MS, "Connecting to Slack's socket");
    client.once("disconnected", finish);
    return { ended: ended.promise };
  } catch (error) {
    await closeSocket(client);
    const code = credentialCode(error);
    if (code !== undefined) throw new SlackCredentialError(code, "SLACK_APP_TOKEN", error);
    throw error instanceof Error ? error : new Error("Slack's socket closed before it said hello", { cause: error });
  }
};
