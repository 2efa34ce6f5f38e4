import type { Config } from "../../config/config.ts";
import type { Fetch } from "../../network/fetch.ts";
import type { ProbeProblem, SlackProbe } from "../../slack/transport/probe.ts";
import { words } from "../../words/words.ts";
import { type Line, notTried } from "./line.ts";
import { requestsLine, signingSecretLines, TRANSPORT } from "./requests.ts";

/** Lines about a Slack token, with its app if Slack named the app. */
export interface SlackLines {
  readonly lines: readonly Line[];
  readonly appId?: string | undefined;
}

/** Checks that Slack accepts the bot token, and that the token has all necessary scopes. */
export async function botTokenLines(config: Config, fetch: Fetch): Promise<SlackLines> {
  const topic = "Slack bot token";
  const { botToken } = config.slack;
  if (botToken === undefined) return { lines: [notTried(topic, NO_BOT_TOKEN)] };
  const { probeBotToken, options } = await silentProbes(config, fetch);
  const probe = await probeBotToken(botToken, options);
  if (!probe.ok) return { lines: [problemLine(topic, probe)] };
  return { lines: [acceptedLine(topic, probe)], appId: probe.installation.appId };
}

function acceptedLine(topic: string, probe: Accepted): Line {
  const { teamName, teamId } = probe.installation;
  if (probe.missingScopes.length > 0) {
    const { missingScopes } = probe;
    const missing =
      missingScopes.length === 1
        ? `the scope ${missingScopes.join("")} is missing`
        : `the scopes ${missingScopes.join(", ")} are missing`;
    return {
      status: "problem",
      topic,
      text: `Accepted by Slack, but ${missing}. ${words.slackSetup.channelRemedies.missing_scope}.`,
    };
  }
  return {
    status: "ok",
    topic,
    text: `Accepted by Slack for the workspace ${teamName} (${teamId}), with all scopes.`,
  };
}

/**
 * Checks that Slack's requests can reach the bot. Socket Mode: tests the app-level token and the WebSocket. HTTP mode:
 * asks the running bot.
 */
export async function transportLines(config: Config, fetch: Fetch): Promise<SlackLines> {
  const { appToken, signingSecret } = config.slack;
  if (appToken === undefined) {
    return {
      lines:
        signingSecret === undefined
          ? [notTried(TRANSPORT, "neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set.")]
          : [...signingSecretLines(signingSecret), await requestsLine(config)],
    };
  }
  // Loaded here, because without a bot token static imports take 783 instead of 638 ms of CPU time (20 runs).
  const { probeAppToken, probeSocket, options } = await silentProbes(config, fetch);
  const probe = await probeAppToken(appToken, options);
  if (!probe.ok) return { lines: [problemLine(TRANSPORT, probe)] };
  const token: Line = {
    status: "ok",
    topic: TRANSPORT,
    text: "Slack accepts SLACK_APP_TOKEN. The bot will use Socket Mode.",
  };
  const socket = await probeSocket(appToken, options);
  if (!socket.ok) return { lines: [token, problemLine(SOCKET, socket)], appId: probe.appId };
  const open: Line = { status: "ok", topic: SOCKET, text: "the WebSocket opened, and Slack answered." };
  return { lines: [token, open], appId: socket.appId };
}

/** Checks that replies to commands and buttons can be sent. No line when SLACK_API_URL is not at slack.com. */
export async function responseUrlLines(config: Config, fetch: Fetch): Promise<readonly Line[]> {
  const { apiUrl, botToken } = config.slack;
  if (botToken === undefined || !isSlacksOwn(apiUrl)) return [];
  const topic = "Slack answers";
  const { probeResponseUrls, options } = await silentProbes(config, fetch);
  const probe = await probeResponseUrls(options);
  return [probe.ok ? { status: "ok", topic, text: "hooks.slack.com can be reached." } : problemLine(topic, probe)];
}

/** Checks each alert channel. With `post`, posts a test message there and deletes the message. */
export async function channelLines(config: Config, post: boolean, fetch: Fetch): Promise<SlackLines> {
  const channels = channelsOf(config);
  const { botToken } = config.slack;
  if (channels.length === 0) return { lines: [notTried("Alert channel", "ALERT_CHANNEL is not set.")] };
  const topicOf = (channel: string): string => `Alert channel ${channel}`;
  const untried = (why: string): SlackLines => ({ lines: channels.map((channel) => notTried(topicOf(channel), why)) });
  if (!post) return untried("Run `wa-token doctor --post` to post a test message there and delete the message.");
  if (botToken === undefined) return untried(NO_BOT_TOKEN);
  const { probeChannel, options } = await silentProbes(config, fetch);
  const lines: Line[] = [];
  let appId: string | undefined;
  for (const channel of channels) {
    const topic = topicOf(channel);
    const probe = await probeChannel(botToken, channel, options);
    if (probe.ok) appId ??= probe.appId;
    lines.push(
      probe.ok
        ? { status: "ok", topic, text: "posted a test message there and deleted the message." }
        : problemLine(topic, probe),
    );
  }
  return { lines, appId };
}

type Accepted = Extract<SlackProbe, { readonly ok: true }>;

const NO_BOT_TOKEN = "SLACK_BOT_TOKEN is not set.";

async function silentProbes({ slack, proxies }: Config, fetch: Fetch) {
  // Loaded here, because without a bot token static imports take 783 instead of 638 ms of CPU time (20 runs).
  const { probeAppToken, probeBotToken, probeChannel, probeResponseUrls, probeSocket } =
    await import("../../slack/transport/probe.ts");
  const { createLogger } = await import("../../log.ts");
  return {
    probeAppToken,
    probeBotToken,
    probeChannel,
    probeResponseUrls,
    probeSocket,
    options: { apiUrl: slack.apiUrl, log: createLogger({ level: "silent" }), fetch, proxies },
  };
}

function problemLine(topic: string, { away, problem }: ProbeProblem): Line {
  return {
    status: away ? "no_answer" : "problem",
    topic,
    text: problem,
  };
}

const SOCKET = "Slack socket";

function isSlacksOwn(apiUrl: string | undefined): boolean {
  return apiUrl === undefined || /(?:^|\.)slack\.com$/.test(new URL(apiUrl).hostname);
}

/** All channels in the configuration, without people: a direct message needs no test. */
function channelsOf({ watches, defaults, alerts }: Config): readonly string[] {
  const { fallbackChannel, escalateTo } = alerts;
  const channels = [...watches.map(({ channel }) => channel), defaults.channel, fallbackChannel, escalateTo];
  const known = channels.filter((channel) => channel !== undefined);
  return [...new Set(known)].filter((channel) => !/^[UW]/.test(channel));
}
