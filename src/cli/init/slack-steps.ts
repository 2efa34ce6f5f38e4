import { Secret } from "../../token/secret/secret.ts";
import { type Desk, needed } from "./desk.ts";
import type { Services } from "./services.ts";
import { checkAppToken, checkBotToken, checkChannel, checkSigningSecret, type SlackAppOf } from "./slack-checks.ts";

/** The values of a working connection to Slack. */
export interface SlackValues {
  readonly botToken: Secret;
  /** Undefined in HTTP mode. */
  readonly appToken: Secret | undefined;
  readonly channel: string;
}

/** Settles the bot token, the connection and the alert channel, and saves each at once. */
export async function slackSteps(desk: Desk, services: Services): Promise<SlackValues> {
  const bot = await needed(desk, {
    name: "SLACK_BOT_TOKEN",
    explain: `Create the app with the link in docs/configuration.md#values-from-slack. Or open https://api.slack.com/apps, choose "Create New App", "From a manifest", and paste manifest.yml. Install it in your workspace. Then copy the token that starts with xoxb- from "OAuth & Permissions".`,
    question: "Bot token:",
    hidden: true,
    check: (text) => checkBotToken(services, text),
  });
  const botToken = new Secret(bot.text);
  const app = await connection(desk, services, bot.about ?? NO_APP);
  const channel = await needed(desk, {
    name: "ALERT_CHANNEL",
    explain: `The channel for alerts. Open the channel in Slack, press its name, and copy the channel ID from the end of "About". Invite the bot to a private channel first. Init posts a line there and deletes it at once.`,
    question: "Channel ID:",
    check: (text) => checkChannel(services, text, botToken, app.about ?? NO_APP),
  });
  return { botToken, appToken: app.token, channel: channel.text };
}

const NO_APP: SlackAppOf = { appId: undefined };

interface Connection {
  readonly token: Secret | undefined;
  readonly about: SlackAppOf | undefined;
}

async function connection(desk: Desk, services: Services, bot: SlackAppOf): Promise<Connection> {
  if (await usesHttp(desk)) {
    await needed(desk, {
      name: "SLACK_SIGNING_SECRET",
      explain: `Copy it from the app's settings: "Basic Information", "App Credentials", "Signing Secret". Slack then sends requests to PORT of this machine, see docs/deploy.md.`,
      question: "Signing secret:",
      hidden: true,
      check: checkSigningSecret,
    });
    return { token: undefined, about: undefined };
  }
  const { text, about } = await needed(desk, {
    name: "SLACK_APP_TOKEN",
    explain: `In the app's settings, open "Basic Information", "App-Level Tokens", and generate a token with the scope connections:write. It starts with xapp-.`,
    question: "App-level token:",
    hidden: true,
    check: (value) => checkAppToken(services, value, bot),
  });
  return { token: new Secret(text), about };
}

async function usesHttp({ ask, settings }: Desk): Promise<boolean> {
  if (settings.given("SLACK_APP_TOKEN") !== undefined) return false;
  if (settings.given("SLACK_SIGNING_SECRET") !== undefined) return true;
  return ask.choose("How does Slack reach the bot?", [
    { name: "Socket Mode, no public address (recommended)", value: false },
    { name: "HTTP, with a public address", value: true },
  ]);
}
