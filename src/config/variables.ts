// config/ turns the environment and the watchlist into one Config, or into a list of all problems. It imports token/,
// zod and yaml. The caller passes in the function that reads files. To add a variable: add a row here, its schema in
// schema.ts, and its use in load.ts. Then add a line in .env.example and a row in docs/configuration.md. Tests compare
// all four.
import { RUNNING_VARIABLES } from "./running-variables.ts";
import type { Variable } from "./variable.ts";

export type VariableName = (typeof VARIABLES)[number]["name"];

/** All variables, in the order of problem reports and documentation. */
const VARIABLES = [
  {
    name: "SLACK_BOT_TOKEN",
    group: "Slack",
    meaning: "Bot token, starts with `xoxb-`. Needed by `run` and `round`.",
    secret: true,
  },
  {
    name: "SLACK_APP_TOKEN",
    group: "Slack",
    meaning: "App-level token, starts with `xapp-`. When set, the bot uses Socket Mode.",
    secret: true,
  },
  {
    name: "SLACK_SIGNING_SECRET",
    group: "Slack",
    meaning: "Needed without `SLACK_APP_TOKEN`: HTTP mode, `POST /slack/events` on `PORT`.",
    secret: true,
  },
  {
    name: "SLACK_API_URL",
    group: "Slack",
    otherwise: "Slack's",
    meaning: "Base address of Slack's Web API, ending with `/api/`.",
    secret: false,
  },
  { name: "PORT", group: "Slack", default: "3000", meaning: "Port for Slack's requests in HTTP mode.", secret: false },
  {
    name: "META_APP_ID",
    group: "Meta",
    meaning:
      "ID of the Meta app, together with `META_APP_SECRET`. With both, Meta reports when a token expires and why it ended.",
    secret: false,
  },
  {
    name: "META_APP_SECRET",
    group: "Meta",
    meaning:
      "Secret of that app. Without both, the bot cannot know when a token expires; it still checks everything else.",
    secret: true,
  },
  {
    name: "GRAPH_API_URL",
    group: "Meta",
    default: "https://graph.facebook.com",
    meaning: "Base address of the Graph API, without a version.",
    secret: false,
  },
  { name: "GRAPH_API_VERSION", group: "Meta", default: "v26.0", meaning: "Version of the Graph API.", secret: false },
  {
    name: "WHATSAPP_ACCESS_TOKEN",
    group: "Token",
    meaning: "The deployed token, the same variable as in step 5 of the guide. Creates the watch named `default`.",
    secret: true,
  },
  {
    name: "WHATSAPP_TOKEN_SOURCE",
    group: "Token",
    default: "env:WHATSAPP_ACCESS_TOKEN",
    meaning:
      'Where the bot reads the deployed token at every inspection: `env:NAME`, `file:/path`, `dotenv:/path/.env#NAME` or `exec:["cmd","arg"]`.',
    secret: false,
  },
  {
    name: "WHATSAPP_PHONE_NUMBER_ID",
    group: "Token",
    meaning: "ID of the phone number that the token must reach.",
    secret: false,
  },
  {
    name: "WHATSAPP_BUSINESS_ACCOUNT_ID",
    group: "Token",
    meaning: "ID of the WhatsApp Business account that the token must reach.",
    secret: false,
  },
  {
    name: "RENEW_WRITE",
    group: "Token",
    meaning:
      'Where a renewal saves the new token: `source`, `file:/path`, `dotenv:/path/.env#NAME` or `exec:["cmd","arg"]`. Not set: a person saves it. See docs/renewal.md.',
    secret: false,
  },
  {
    name: "RENEW_BEFORE",
    group: "Token",
    meaning:
      "The bot refreshes the token by itself when this time or less is left, for example `20d`. Needs `RENEW_WRITE`.",
    secret: false,
  },
  {
    name: "RENEW_PROOF",
    group: "Token",
    meaning:
      'Where the running app tells the fingerprint of its token: `https://` URLs, separated by commas, or one `exec:["cmd","arg"]`. Not set: a person confirms.',
    secret: false,
  },
  {
    name: "WATCHLIST",
    group: "Watching",
    meaning: "YAML file of watches. When set, the `WHATSAPP_*` variables create no watch. See `watchlist.example.yml`.",
    secret: false,
  },
  {
    name: "CHECK_INTERVAL",
    group: "Watching",
    default: "15m",
    meaning: "How often the bot inspects each watch, for example `10s`, `15m`, `4h` or `30d`; at least `1s`.",
    secret: false,
  },
  {
    name: "FLEET_REFRESH",
    group: "Watching",
    default: "15m",
    meaning:
      "How often the bot reads the fleets of the watchlist again, for example `10s`, `15m` or `4h`; at least `1s`.",
    secret: false,
  },
  {
    name: "SCHEDULE",
    group: "Watching",
    default: "* * * * *",
    meaning: "Cron expression for the scheduler, with 5 or 6 fields.",
    secret: false,
  },
  {
    name: "WARN_AT",
    group: "Watching",
    default: "30d,14d,7d,3d,1d",
    meaning: "Times before expiry at which the bot alerts people.",
    secret: false,
  },
  {
    name: "UNKNOWN_AFTER",
    group: "Watching",
    default: "1h",
    meaning: "How long checks of a watch may fail before the bot alerts people.",
    secret: false,
  },
  {
    name: "REPEAT_CRITICAL_EVERY",
    group: "Watching",
    default: "4h",
    meaning:
      "How often the bot repeats a critical alert without a response on its first day; later daily, then weekly. For a token that is about to expire, it repeats the alert only at `WARN_AT`.",
    secret: false,
  },
  {
    name: "REQUIRED_SCOPES",
    group: "Watching",
    default: "whatsapp_business_messaging,whatsapp_business_management",
    meaning: "Permissions a token must have.",
    secret: false,
  },
  {
    name: "ALERT_CHANNEL",
    group: "People",
    meaning: "Channel ID for alerts. `run` and `round` need one for every watch.",
    secret: false,
  },
  {
    name: "FALLBACK_CHANNEL",
    group: "People",
    meaning:
      "Channel ID that gets an alert when the alert's own channel refuses it. After this channel, the watch's `owner` gets it.",
    secret: false,
  },
  {
    name: "ONCALL",
    group: "People",
    meaning: "Slack user ID, or user group ID (`S…`), that critical alerts mention in addition to the watch's `owner`.",
    secret: false,
  },
  {
    name: "ESCALATE_TO",
    group: "People",
    meaning:
      "Channel ID or Slack user ID that gets a critical alert without a response. If it refuses the message: `FALLBACK_CHANNEL`, the owner, the channel.",
    secret: false,
  },
  {
    name: "ESCALATE_AFTER",
    group: "People",
    default: "1h",
    meaning: "How long a critical alert may stay without a response before the bot escalates it to `ESCALATE_TO`.",
    secret: false,
  },
  {
    name: "QUIET_HOURS",
    group: "People",
    meaning:
      "Times of day in `TIMEZONE`, such as `22:00-07:00`. Messages that are not critical wait until they end. May cross midnight.",
    secret: false,
  },
  {
    name: "QUIET_DAYS",
    group: "People",
    meaning: "Days in `TIMEZONE`, such as `sat,sun`, that are quiet from midnight to midnight.",
    secret: false,
  },
  {
    name: "DIGEST_SCHEDULE",
    group: "People",
    default: "0 9 * * mon",
    meaning:
      "When the bot posts a short summary of all watches: a cron expression of 5 fields in `TIMEZONE`. Empty: off.",
    emptyMeans: "off",
    secret: false,
  },
  {
    name: "ALLOWED_USERS",
    group: "People",
    otherwise: "everyone in the workspace",
    meaning:
      "Slack user IDs, separated by commas, of the people who may use `status`, `check`, the buttons of alerts and the Home.",
    secret: false,
  },
  {
    name: "ADMIN_USERS",
    group: "People",
    otherwise: "nobody",
    meaning:
      "Slack user IDs, separated by commas, of the people who may start, confirm and end renewals in Slack. They may also do everything that `ALLOWED_USERS` may.",
    secret: false,
  },
  {
    name: "TIMEZONE",
    group: "People",
    default: "UTC",
    meaning: "Time zone for schedules and for the times in messages.",
    secret: false,
  },
  {
    name: "GUIDE_APP_NAME",
    group: "People",
    default: "your app",
    meaning: "Name of your Meta app, to personalise the guide.",
    secret: false,
  },
  {
    name: "META_BUSINESS_ID",
    group: "People",
    meaning: "ID of your business portfolio, for the guide's deep links.",
    secret: false,
  },
  ...RUNNING_VARIABLES,
] as const satisfies readonly Variable[];

export const VARIABLE_TABLE: readonly (Variable & { readonly name: VariableName })[] = VARIABLES;

/** Variables that hold the bot's own secrets. The command of an `exec:` source does not get them. */
export const SECRET_VARIABLES: readonly VariableName[] = VARIABLE_TABLE.filter(({ secret }) => secret).map(
  ({ name }) => name,
);
