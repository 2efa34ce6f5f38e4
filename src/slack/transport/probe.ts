import { words } from "../../words/words.ts";
import { reveal, type Secret } from "../../token/secret/secret.ts";
import { WebAPIPlatformError, WebClient } from "@slack/web-api";
import { fieldOf } from "../requests/payload.ts";
import { type Installation, readInstallation } from "./bot-token.ts";
import { createAlertClient, type SlackApi, socketOptions } from "./clients.ts";
import { credentialCode, SlackCredentialError } from "./credential-error.ts";
import { missingScopes } from "./scopes.ts";
import { slackErrorWord } from "./slack-error.ts";
import { connectSocket, createSocket, endSocket, type SocketOptions } from "./socket.ts";
import { troubleText } from "./trouble.ts";

/** Why a test of Slack failed. `away`: Slack did not answer, so nothing is known; otherwise a person must act. */
export interface ProbeProblem {
  readonly ok: false;
  readonly away: boolean;
  readonly problem: string;
}

/**
 * Asks `auth.test` about the bot token and compares its scopes with what the product needs. With the scope
 * `users:read`, asks `bots.info` for the app of the token.
 */
export async function probeBotToken(botToken: Secret, options: ProbeOptions): Promise<SlackProbe> {
  try {
    const client = createAlertClient({ botToken, ...options });
    const installation = await readInstallation(client);
    const appId = installation.appId ?? (await askApp(client, installation));
    return { ok: true, installation: { ...installation, appId }, missingScopes: missingScopes(installation.scopes) };
  } catch (error) {
    return problemOf(error);
  }
}

/** Asks Slack for a socket address with the app-level token, and does not open it. */
export async function probeAppToken(appToken: Secret, options: ProbeOptions): Promise<AppProbe> {
  try {
    await new WebClient(reveal(appToken), socketOptions(options)).apps.connections.open({});
    return { ok: true, appId: appIdIn(appToken) };
  } catch (error) {
    const code = credentialCode(error);
    return problemOf(code === undefined ? error : new SlackCredentialError(code, "SLACK_APP_TOKEN", error));
  }
}

/** Opens Slack's WebSocket once, until Slack says hello, and closes it again. */
export async function probeSocket(appToken: Secret, options: SocketOptions): Promise<AppProbe> {
  const socket = createSocket(appToken, options);
  let appId: string | undefined;
  socket.receiver.client.on("ws_message", (frame: unknown) => {
    appId ??= appIdInHello(frame);
  });
  try {
    await connectSocket(socket, new AbortController().signal);
    return { ok: true, appId: appId ?? appIdIn(appToken) };
  } catch (error) {
    return problemOf(error);
  } finally {
    await endSocket(socket);
  }
}

/** Tests whether the bot can reach the host for answers to commands and buttons. Any HTTP answer is good. */
export async function probeResponseUrls({
  fetch,
}: Pick<ProbeOptions, "fetch">): Promise<{ readonly ok: true } | ProbeProblem> {
  try {
    const answer = await fetch(RESPONSE_URLS, { redirect: "manual", signal: AbortSignal.timeout(PROBE_MS) });
    await answer.body?.cancel();
    return { ok: true };
  } catch (error) {
    return problemOf(error);
  }
}

/** Posts one line to a channel and deletes it again. */
export async function probeChannel(botToken: Secret, channel: string, options: ProbeOptions): Promise<AppProbe> {
  const client = createAlertClient({ botToken, ...options });
  try {
    const posted = await client.chat.postMessage({
      channel,
      text: slackSetup.probe,
    });
    if (posted.ts === undefined) return { ok: false, away: true, problem: slackSetup.noMessageId };
    await client.chat.delete({ channel: posted.channel ?? channel, ts: posted.ts });
    return { ok: true, appId: posted.message?.app_id ?? posted.message?.bot_profile?.app_id };
  } catch (error) {
    return problemOf(error);
  }
}

/** The result of a test of the bot token, for `doctor`. */
export type SlackProbe =
  | { readonly ok: true; readonly installation: Installation; readonly missingScopes: readonly string[] }
  | ProbeProblem;

/** A test that worked, with the app of the token if Slack named it. */
type AppProbe = { readonly ok: true; readonly appId: string | undefined } | ProbeProblem;

type ProbeOptions = Omit<SlackApi, "deadlines">;

const { slackSetup } = words;

const CHANNEL_REMEDIES: Readonly<Record<string, string>> = slackSetup.channelRemedies;

/** The app of the bot. Undefined without the scope, or when Slack does not answer: the app is only a hint. */
async function askApp(client: WebClient, { botId, scopes }: Installation): Promise<string | undefined> {
  if (botId === undefined || !scopes.includes("users:read")) return undefined;
  return client.bots.info({ bot: botId }).then(
    ({ bot }) => bot?.app_id,
    () => undefined,
  );
}

/** An app-level token contains the ID of its app: `xapp-1-A0123456789-…`. */
function appIdIn(appToken: Secret): string | undefined {
  return /^xapp-\d+-(A[A-Z0-9]{5,20})-/.exec(reveal(appToken))?.[1];
}

/** Slack's hello names the app in `connection_info.app_id` ("Using Socket Mode", docs.slack.dev, read 2026-11). */
function appIdInHello(frame: unknown): string | undefined {
  try {
    const hello: unknown = JSON.parse(String(frame));
    const appId = fieldOf(hello, "connection_info", "app_id");
    return fieldOf(hello, "type") === "hello" && typeof appId === "string" ? appId : undefined;
  } catch {
    return undefined;
  }
}

function problemOf(error: unknown): ProbeProblem {
  if (error instanceof SlackCredentialError) return { ok: false, away: false, problem: error.message };
  if (!(error instanceof WebAPIPlatformError))
    return { ok: false, away: true, problem: slackSetup.checkNetwork(troubleText(error)) };
  const word = slackErrorWord(error);
  return {
    ok: false,
    away: false,
    problem: slackSetup.channelRefused(word, CHANNEL_REMEDIES[word] ?? slackSetup.lookUp),
  };
}

/** The host for answers to commands and buttons. It stays the same when the address of the Web API changes. */
const RESPONSE_URLS = "https://hooks.slack.com/";

const PROBE_MS = 10_000;
