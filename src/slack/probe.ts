import { reveal, type Secret } from "../token/secret.ts";
import type { Logger } from "pino";
import { WebClient } from "@slack/web-api";
import { type Installation, readInstallation } from "./bot-token.ts";
import { createAlertClient, socketOptions } from "./clients.ts";
import { credentialCode, SlackCredentialError } from "./credential-error.ts";
import { missingScopes } from "./scopes.ts";

/** What a look at the Slack credentials found, for `doctor`. */
export type SlackProbe =
  | { readonly ok: true; readonly installation: Installation; readonly missingScopes: readonly string[] }
  | { readonly ok: false; readonly problem: string };

interface ProbeOptions {
  readonly apiUrl: string | undefined;
  readonly log: Logger;
}

const problemOf = (error: unknown): string =>
  error instanceof Error ? error.message : "Slack could not be reached; look at the network and try again";

/** Asks `auth.test` about the bot token and compares its scopes with what the product needs. */
export const probeBotToken = async (botToken: Secret, options: ProbeOptions): Promise<SlackProbe> => {
  try {
    const installation = await readInstallation(createAlertClient({ botToken, ...options }));
    return { ok: true, installation, missingScopes: missingScopes(installation.scopes) };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
};

/** Asks for a socket address with the app-level token and does not use it; undefined when all is well. */
export const probeAppToken = async (appToken: Secret, options: ProbeOptions): Promise<string | undefined> => {
  try {
    await new WebClient(reveal(appToken), socketOptions(options)).apps.connections.open({});
    return undefined;
  } catch (error) {
    const code = credentialCode(error);
    return problemOf(code === undefined ? error : new SlackCredentialError(code, "SLACK_APP_TOKEN", error));
  }
};

export type ChannelProbe = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** Posts one line to a channel and deletes it again. */
export const probeChannel = async (botToken: Secret, channel: string, options: ProbeOptions): Promise<ChannelProbe> => {
  const client = createAlertClient({ botToken, ...options });
  try {
    const { ts } = await client.chat.postMessage({
      channel,
      text: "wa-token doctor: this line only tests whether alerts arrive here. It is deleted at once.",
    });
    if (ts === undefined) return { ok: false, problem: "Slack gave no message id back" };
    await client.chat.delete({ channel, ts });
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
};
