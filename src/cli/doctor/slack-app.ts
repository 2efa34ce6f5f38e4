import type { Line } from "./line.ts";

/** Compares the apps of the two Slack tokens. No line without an app-level token that Slack accepts. */
export function slackAppLines({ bot, appToken, posted }: SlackApps): readonly Line[] {
  const topic = "Slack app";
  if (appToken === undefined) return [];
  if (bot === undefined) {
    const next = posted ? "" : " Run `wa-token doctor --post`: Slack's answer to the test message names it.";
    return [{ status: "not_tried", topic, text: `Slack does not name the app of SLACK_BOT_TOKEN.${next}` }];
  }
  if (bot === appToken) return [{ status: "ok", topic, text: `both tokens belong to the app ${bot}.` }];
  return [
    {
      status: "problem",
      topic,
      text: `SLACK_BOT_TOKEN belongs to the app ${bot}, but SLACK_APP_TOKEN to the app ${appToken}, so the bot gets no commands and buttons. Copy both tokens from the settings of one app at api.slack.com/apps.`,
    },
  ];
}

/** The app of each Slack token, as far as Slack named it. */
interface SlackApps {
  readonly bot: string | undefined;
  readonly appToken: string | undefined;
  /** True after a test message, from which Slack's answer names the app of the bot. */
  readonly posted: boolean;
}
