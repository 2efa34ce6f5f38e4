import type { Config } from "./config.ts";
import { type Problem, variableOf } from "./problem.ts";

export type Subcommand = "run" | "round" | "check" | "doctor" | "guide" | "forecast" | "audit" | "renew";

/**
 * Checks what a subcommand needs in addition to a valid configuration; `check`, `doctor`, `guide`, `audit`
 * and `renew` need nothing.
 * @param known problems found so far; their variables are not reported a second time
 */
export function requireFor(command: Subcommand, config: Config, known: readonly Problem[] = []): readonly Problem[] {
  const wrong = new Set(known.map(variableOf));
  // A wrong value shows that somebody has begun to configure the bot.
  const nothing = (command === "run" || command === "round") && known.length === 0 ? nothingProblems(config) : [];
  if (nothing.length > 0) return nothing;
  return missingFor(command, config).filter(({ name }) => !wrong.has(name) && !wrong.has(PARTNERS[name] ?? name));
}

/** The first start of a new user. One command then helps more than a list of variables. */
function nothingProblems({ slack, app, watches, defaults }: Config): readonly Problem[] {
  const values = [slack.botToken, slack.appToken, slack.signingSecret, app, watches[0], defaults.channel];
  return values.some((value) => value !== undefined)
    ? []
    : [
        {
          name: ".env",
          message:
            "Nothing is configured yet. Run wa-token init (npm run -s wa-token -- init) in a terminal: it asks for each value, checks it and saves it in .env.",
        },
      ];
}

function botTokenProblems({ slack }: Config): readonly Problem[] {
  return slack.botToken === undefined
    ? [
        {
          name: "SLACK_BOT_TOKEN",
          message:
            'SLACK_BOT_TOKEN is not set. Install the app in your workspace and copy the token that starts with xoxb- from "OAuth & Permissions".',
        },
      ]
    : [];
}

function transportProblems({ slack }: Config): readonly Problem[] {
  return slack.appToken === undefined && slack.signingSecret === undefined
    ? [
        {
          name: "SLACK_APP_TOKEN",
          message:
            "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both not set. Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.",
        },
      ]
    : [];
}

/** `run` listens on PORT only in HTTP mode. Port 0 never conflicts, because the system chooses a free port. */
function portProblems({ slack, ops }: Config): readonly Problem[] {
  return slack.appToken === undefined && slack.signingSecret !== undefined && slack.port === ops.port && ops.port !== 0
    ? [{ name: "OPS_PORT", message: `OPS_PORT and PORT are both ${ops.port}. Give them different ports.` }]
    : [];
}

function channelProblems({ watches }: Config): readonly Problem[] {
  const without = watches.filter(({ channel }) => channel === undefined).map(({ name }) => name);
  return without.length === 0
    ? []
    : [
        {
          name: "ALERT_CHANNEL",
          message: `ALERT_CHANNEL is not set, and these watches have no channel of their own: ${without.join(", ")}. Set ALERT_CHANNEL to the ID of the channel for alerts.`,
        },
      ];
}

function missingFor(command: Subcommand, config: Config): readonly Problem[] {
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
    // Sends nothing, so it needs no access to Slack.
    case "forecast":
      return channelProblems(config);
    case "check":
    case "doctor":
    case "guide":
    case "audit":
    case "renew":
      return [];
  }
}

/**
 * The second variable that each requirement depends on. While that variable has a problem, the requirement is not
 * reported.
 */
const PARTNERS: Readonly<Record<string, string>> = { SLACK_APP_TOKEN: "SLACK_SIGNING_SECRET", OPS_PORT: "PORT" };
