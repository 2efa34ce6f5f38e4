// The complete outside world of one bot on 127.0.0.1: a Slack workspace, a Graph stand-in and folders, all on one
// clock; and the real bot, configured to use only them. The demo and the flow tests use this world. It may import src/
// (it starts the bot) and its own folder. It reads no variable of the process and no .env. To run the bot with another
// setting, add an option here that sets a variable of its environment.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../src/config/config.ts";
import { loadConfig } from "../src/config/load.ts";
import { openTokenApp, type TokenApp } from "./app/token-app.ts";
import { type Bot, type BotOptions, startBot } from "./bot.ts";
import { type Clock, createClock } from "./clock.ts";
import { claimPorts } from "./claimed-ports.ts";
import { demoIds, type DemoTokens, seedDemoTokens } from "./graph/tokens/demo-tokens.ts";
import { type GraphStandIn, openGraph } from "./graph/graph.ts";
import type { WorkspaceOptions } from "./slack/options.ts";
import { openSlackWorkspace, type SlackWorkspace } from "./slack/workspace.ts";
import { createTokenFiles, type TokenFile } from "./token-files.ts";

export type SlackModeName = "socket" | "http";

export interface WorldOptions {
  readonly mode: SlackModeName;
  /** 2026-11-22 08:00 UTC by default. */
  readonly start?: Date;
  /**
   * Variables added to those of the sandbox; an empty text unsets one. A function receives the workspace, so that it
   * can use its ids.
   */
  readonly env?: Variables | ((slack: SlackWorkspace, apps: Apps) => Variables);
  /**
   * Text of the watchlist. A function receives `source` and the workspace. `source` returns the watchlist's source for
   * a token file of a name. The ids of the workspace are new at each start. Without a watchlist there is one watch,
   * `default`, whose token is in the file named `deployed`.
   */
  readonly watchlist?: string | ((source: (name: string) => string, slack: SlackWorkspace, apps: Apps) => string);
  /** Names of token files that an app uses, too. */
  readonly apps?: readonly string[];
  /**
   * Folder of the database and the token files. By default a temporary folder that is deleted when the world is closed.
   */
  readonly dataDir?: string;
  readonly appSecret?: string;
  readonly slack?: Omit<WorkspaceOptions, "clock">;
}

export interface World {
  readonly mode: SlackModeName;
  readonly clock: Clock;
  readonly slack: SlackWorkspace;
  readonly graph: GraphStandIn;
  /** The demo's tokens, one of each kind. `never` is deployed first. */
  readonly tokens: DemoTokens;
  /** The environment from which the configuration is made. A bot in its own process receives it too. */
  readonly env: Variables;
  readonly config: Config;
  readonly dataDir: string;
  /** `http://127.0.0.1:<port>`, where /healthz, /readyz and /metrics are. */
  readonly opsUrl: string;
  /** The deployed token of this name, as a file that the bot reads at every inspection. */
  readonly tokenFile: (name: string) => TokenFile;
  /** The app that uses the token file of this name; throws when the world's options do not name it. */
  readonly app: (name: string) => TokenApp;
  /** The names of the apps. */
  readonly apps: readonly string[];
  /** Starts the bot. Closing the world stops it if it still runs. */
  readonly startBot: (options?: BotOptions) => Promise<Bot>;
  readonly close: () => Promise<void>;
}

/** Opens the world without starting the bot. Closing the world leaves nothing behind. */
export async function openWorld(options: WorldOptions): Promise<World> {
  await using opening = new AsyncDisposableStack();
  const clock = createClock(options.start ?? new Date("2026-11-22T08:00:00Z"));
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "wa-token-"));
  if (options.dataDir === undefined) opening.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const appSecret = options.appSecret ?? "sandbox-app-secret";
  const graph = await openGraph({ clock, appId, appSecret });
  opening.defer(graph.close);
  const slack = await openSlackWorkspace({ ...options.slack, clock });
  opening.defer(slack.close);
  const tokens = seedDemoTokens(graph);
  const tokenFile = createTokenFiles(join(dataDir, "tokens"));
  tokenFile("deployed").write(tokens.never);
  const apps: Map<string, TokenApp> = new Map();
  for (const name of options.apps ?? []) {
    const app = await openTokenApp({ path: tokenFile(name).path, now: clock.now });
    opening.defer(app.close);
    apps.set(name, app);
  }
  const appOf = (name: string): TokenApp => {
    const app = apps.get(name);
    if (app === undefined) throw new Error(`no app uses the token ${name}; name it in the world's options`);
    return app;
  };
  const { ports, release } = await claimPorts(2);
  opening.defer(release);
  const env = environmentOf({ options, slack, graph, appSecret, dataDir, tokenFile, ports, appOf });
  const config = await configOf(env);
  if (options.mode === "http") slack.setRequestUrl(`http://127.0.0.1:${config.slack.port}/slack/events`);
  const bots: Bot[] = [];
  opening.defer(async () => {
    for (const bot of bots) await bot.stop();
  });
  const opened = opening.move();
  return {
    mode: options.mode,
    clock,
    slack,
    graph,
    tokens,
    env,
    config,
    dataDir,
    opsUrl: `http://127.0.0.1:${config.ops.port}`,
    tokenFile,
    app: appOf,
    apps: [...apps.keys()],
    startBot: async (botOptions) => {
      const bot = await startBot({ config, clock, env }, botOptions);
      bots.push(bot);
      return bot;
    },
    close: () => opened.disposeAsync(),
  };
}

/** The app of a token file. */
type Apps = (name: string) => TokenApp;

type Variables = Readonly<Record<string, string>>;

const appId = "100000000000042";

/** After the round at the start, checks run only when a test or the demo asks for them. */
const NEARLY_NEVER = "0 0 1 11 *";

interface Settings {
  readonly options: WorldOptions;
  readonly slack: SlackWorkspace;
  readonly graph: GraphStandIn;
  readonly appSecret: string;
  readonly dataDir: string;
  readonly tokenFile: (name: string) => TokenFile;
  readonly ports: readonly number[];
  readonly appOf: Apps;
}

/** The environment variables of the bot in this world. */
function environmentOf(settings: Settings): Variables {
  const { options, slack, graph, appSecret, dataDir, tokenFile, ports, appOf } = settings;
  const [port = 0, opsPort = 0] = ports;
  const link: Record<string, string> =
    options.mode === "socket"
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: String(port) };
  const watched: Record<string, string> = {
    WHATSAPP_TOKEN_SOURCE: tokenFile("deployed").source,
    WHATSAPP_PHONE_NUMBER_ID: demoIds.phone,
    WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.account,
  };
  if (options.watchlist !== undefined) {
    const { watchlist } = options;
    const path = join(dataDir, "watchlist.yml");
    writeFileSync(
      path,
      typeof watchlist === "string" ? watchlist : watchlist((name) => tokenFile(name).source, slack, appOf),
    );
    watched["WATCHLIST"] = path;
  }
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    ...link,
    OPS_PORT: String(opsPort),
    ALERT_CHANNEL: slack.channelId("wa-alerts"),
    META_APP_ID: appId,
    META_APP_SECRET: appSecret,
    GRAPH_API_URL: graph.url,
    GUIDE_APP_NAME: "Example Notifier",
    META_BUSINESS_ID: demoIds.business,
    DATABASE_URL: `sqlite:${join(dataDir, "wa-token.db")}`,
    SCHEDULE: NEARLY_NEVER,
    // Otherwise a digest would appear after a day among the messages that a test reads.
    DIGEST_SCHEDULE: "",
    ...watched,
    ...(typeof options.env === "function" ? options.env(slack, appOf) : options.env),
  };
}

async function configOf(env: Variables): Promise<Config> {
  const loaded = await loadConfig({ env, dotenv: {}, readFile: (path) => readFileSync(path, "utf8") });
  if (loaded.ok) return loaded.config;
  throw new Error(`The sandbox's environment is wrong: ${loaded.problems.map(({ message }) => message).join(" ")}`);
}
