// config/ turns the environment and the watchlist into one Config, or into every problem at once. It imports values of
// token/, zod and yaml; files are read by a function passed in. To add a variable: a row here, its schema in
// schema.ts, a line in .env.example and in the README's table (tests compare all four), its use in load.ts.

type VariableGroup = "Slack" | "Meta" | "Token" | "Watching" | "People" | "Running";

/** One environment variable, as the README's table and .env.example show it. */
export interface Variable {
  readonly name: string;
  readonly group: VariableGroup;
  /** The value used when it is not set. */
  readonly default?: string;
  /** What stands in for a default in the documentation when it is not a literal value. */
  readonly otherwise?: string;
  readonly meaning: string;
  /** What the empty text stands for; absent: it counts as not set. */
  readonly emptyMeans?: string;
  /** A secret may also be given as `<name>_FILE`. */
  readonly secret: boolean;
}

/** Every variable, in the order in which problems are reported and documents list them. */
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
    meaning: "Id of the Meta app, together with `META_APP_SECRET`. Lets Meta tell when a token ends and why it ended.",
    secret: false,
  },
  {
    name: "META_APP_SECRET",
    group: "Meta",
    meaning: "Secret of that app. Without both, expiry cannot be known; the rest is still checked.",
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
    meaning: "The deployed token, the same variable as in step 5 of the guide. Makes the watch named `default`.",
    secret: true,
  },
  {
    name: "WHATSAPP_TOKEN_SOURCE",
    group: "Token",
    default: "env:WHATSAPP_ACCESS_TOKEN",
    meaning:
      'Where the deployed token is read at every inspection: `env:NAME`, `file:/path`, `dotenv:/path/.env#NAME` or `exec:["cmd","arg"]`.',
    secret: false,
  },
  {
    name: "WHATSAPP_PHONE_NUMBER_ID",
    group: "Token",
    meaning: "Id of the phone number that token must reach.",
    secret: false,
  },
  {
    name: "WHATSAPP_BUSINESS_ACCOUNT_ID",
    group: "Token",
    meaning: "Id of the WhatsApp Business account that token must reach.",
    secret: false,
  },
  {
    name: "WATCHLIST",
    group: "Watching",
    meaning: "YAML file of watches; then the `WHATSAPP_*` variables make no watch. See `watchlist.example.yml`.",
    secret: false,
  },
  {
    name: "CHECK_INTERVAL",
    group: "Watching",
    default: "15m",
    meaning: "How often each watch is inspected: `10s`, `15m`, `4h`, `30d`; 1 s is the least.",
    secret: false,
  },
  {
    name: "SCHEDULE",
    group: "Watching",
    default: "* * * * *",
    meaning: "Cron expression of the scheduler's tick; 6 fields allowed.",
    secret: false,
  },
  {
    name: "WARN_AT",
    group: "Watching",
    default: "30d,14d,7d,3d,1d",
    meaning: "Times before expiry at which people are told.",
    secret: false,
  },
  {
    name: "UNKNOWN_AFTER",
    group: "Watching",
    default: "1h",
    meaning: 'How long "could not find out" stays quiet.',
    secret: false,
  },
  {
    name: "REPEAT_CRITICAL_EVERY",
    group: "Watching",
    default: "4h",
    meaning:
      "How often a critical alert that nobody answered speaks again on its first day; later daily, then weekly. A token that is about to end speaks at `WARN_AT` only.",
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
    meaning: "Channel id for alerts. `run` and `round` need one for every watch.",
    secret: false,
  },
  {
    name: "FALLBACK_CHANNEL",
    group: "People",
    meaning: "Channel id that is told of an alert whose own channel refuses it; after it, the watch's `owner`.",
    secret: false,
  },
  {
    name: "ONCALL",
    group: "People",
    meaning: "Slack user id, or user group id (`S…`), that critical alerts mention in addition to the watch's `owner`.",
    secret: false,
  },
  {
    name: "ESCALATE_TO",
    group: "People",
    meaning:
      "Channel id or Slack user id that is told of a critical alert which nobody answers; else `FALLBACK_CHANNEL`, the owner, the channel.",
    secret: false,
  },
  {
    name: "ESCALATE_AFTER",
    group: "People",
    default: "1h",
    meaning: "How long a critical alert may go unanswered before `ESCALATE_TO` is told.",
    secret: false,
  },
  {
    name: "QUIET_HOURS",
    group: "People",
    meaning:
      "Times of day in `TIMEZONE`, such as `22:00-07:00`: what is not critical waits until they end. May cross midnight.",
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
    meaning: "When a short summary of all watches is posted, a cron expression of 5 fields in `TIMEZONE`. Empty: off.",
    emptyMeans: "off",
    secret: false,
  },
  {
    name: "ALLOWED_USERS",
    group: "People",
    otherwise: "everyone in the workspace",
    meaning:
      "Slack user ids, with commas between, of the people who may use `status`, `check`, the buttons of alerts and the Home.",
    secret: false,
  },
  {
    name: "TIMEZONE",
    group: "People",
    default: "UTC",
    meaning: "Time zone for what people read and for schedules.",
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
    meaning: "Id of your business portfolio, for the guide's deep links.",
    secret: false,
  },
  {
    name: "DATABASE_URL",
    group: "Running",
    default: "sqlite:./data/wa-token.db",
    meaning:
      "Where watches and alerts are remembered: `sqlite:` and a path, or `postgres://user:password@host/database` for several bots.",
    secret: true,
  },
  {
    name: "DATABASE_POOL",
    group: "Running",
    default: "5",
    meaning: "Connections to PostgreSQL at most, 1 to 100; SQLite has one.",
    secret: false,
  },
  {
    name: "OPS_HOST",
    group: "Running",
    default: "127.0.0.1",
    meaning: "Address that serves `/healthz`, `/readyz` and `/metrics`.",
    secret: false,
  },
  { name: "OPS_PORT", group: "Running", default: "9464", meaning: "Port of those three.", secret: false },
  {
    name: "HEARTBEAT_URL",
    group: "Running",
    meaning: "Address that is fetched after every full round, so that a monitor outside notices silence.",
    secret: true,
  },
  {
    name: "HTTPS_PROXY",
    group: "Running",
    otherwise: "HTTP_PROXY",
    meaning:
      "Proxy for everything that leaves this machine, `http://` or `https://`, with user name and password if it wants them. This machine itself is always reached directly.",
    secret: false,
  },
  {
    name: "HTTP_PROXY",
    group: "Running",
    meaning: "The same, used when `HTTPS_PROXY` is not set.",
    secret: false,
  },
  {
    name: "NO_PROXY",
    group: "Running",
    meaning:
      "Hosts that are reached without the proxy, with commas between: `host`, `.suffix`, `host:port`, `10.0.0.0/8`, `*`.",
    secret: false,
  },
  {
    name: "LOG_LEVEL",
    group: "Running",
    default: "info",
    meaning: "`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.",
    secret: false,
  },
] as const satisfies readonly Variable[];

export type VariableName = (typeof VARIABLES)[number]["name"];

/** The variables by name, as plain rows. */
export const VARIABLE_TABLE: readonly (Variable & { readonly name: VariableName })[] = VARIABLES;

/** Variables that hold our own secrets; a command that reads a token does not get them. */
export const SECRET_VARIABLES: readonly VariableName[] = VARIABLE_TABLE.filter(({ secret }) => secret).map(
  ({ name }) => name,
);
