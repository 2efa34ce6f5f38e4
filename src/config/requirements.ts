import type { Config } from "./config.ts";
import type { Problem } from "./problem.ts";

export type Subcommand = "run" | "round" | "check" | "doctor" | "guide";

const botTokenProblems = ({ slack }: Config): readonly Problem[] =>
  slack.botToken === undefined
    ? [
        {
          name: "SLACK_BOT_TOKEN",
          message:
            'SLACK_BOT_TOKEN is not set. Install the app in your workspace and copy the token that starts with xoxb- from "OAuth & Permissions".',
        },
      ]
    : [];

const transportProblems = ({ slack }: Config): readonly Problem[] =>
  slack.appToken === undefined && slack.signingSecret === undefined
    ? [
        {
          name: "SLACK_APP_TOKEN",
          message:
            "SLACK_APP_TOKEN is not set, and neither is SLACK_SIGNING_SECRET. Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
        },
      ]
    : [];

const channelProblems = ({ watches }: Config): readonly Problem[] => {
  const without = watches.filter(({ channel }) => channel === undefined).map(({ name }) => name);
  return without.length === 0
    ? []
    : [
        {
          name: "ALERT_CHANNEL",
          message: `ALERT_CHANNEL is not set, and no channel is given for: ${without.join(", ")}. Set it to the id of the channel that gets the alerts.`,
        },
      ];
};

/** What a subcommand needs beyond a valid configuration; `check`, `doctor` and `guide` need nothing. */
export const requireFor = (command: Subcommand, config: Config): readonly Problem[] => {
  switch (command) {
    case "run":
      return [...botTokenProblems(config), ...transportProblems(config), ...channelProblems(config)];
    case "round":
      return [...botTokenProblems(config), ...channelProblems(config)];
    case "check":
    case "doctor":
    case "guide":
      return [];
  }
};
