import type { Config } from "./config.ts";
import { type Problem, variableOf } from "./problem.ts";

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

/** The ports that `run` listens on; without HTTP mode PORT is not one of them, and 0 is a new one each time. */
const portProblems = ({ slack, ops }: Config): readonly Problem[] =>
  slack.appToken === undefined && slack.signingSecret !== undefined && slack.port === ops.port && ops.port !== 0
    ? [{ name: "OPS_PORT", message: `OPS_PORT and PORT are both ${ops.port}. Give them different ports.` }]
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

const lackingFor = (command: Subcommand, config: Config): readonly Problem[] => {
  switch (command) {
    case "run":
      return [
        ...botTokenProblems(config),
        ...transportProblems(config),
        ...portProblems(config),
        ...channelProblems(config),
      ];
    case "round":
      return [...botTokenProblems(config), ...channelProblems(config)];
    case "check":
    case "doctor":
    case "guide":
      return [];
  }
};

/** While the one on the right is wrong, nothing can be said about the two together. */
const PARTNERS: Readonly<Record<string, string>> = { SLACK_APP_TOKEN: "SLACK_SIGNING_SECRET", OPS_PORT: "PORT" };

/**
 * What a subcommand needs beyond a valid configuration; `check`, `doctor` and `guide` need nothing. With the problems
 * that are known already and the rest of the configuration, what is lacking besides.
 */
export const requireFor = (command: Subcommand, config: Config, known: readonly Problem[] = []): readonly Problem[] => {
  const wrong = new Set(known.map(variableOf));
  return lackingFor(command, config).filter(({ name }) => !wrong.has(name) && !wrong.has(PARTNERS[name] ?? name));
};
