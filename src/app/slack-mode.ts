import type { Config } from "../config/config.ts";
import type { SlackMode } from "../slack/transport/bolt.ts";

/** Socket Mode when there is an app-level token, else HTTP. Throws when neither is configured. */
export function slackModeOf({ slack }: Config): SlackMode {
  if (slack.appToken !== undefined) return { kind: "socket", appToken: slack.appToken };
  if (slack.signingSecret !== undefined) return { kind: "http", signingSecret: slack.signingSecret, port: slack.port };
  throw new Error("Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.");
}
