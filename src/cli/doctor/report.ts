import { createGraphClient } from "../../graph/client.ts";
import { createFetch } from "../../network/fetch.ts";
import { createSourceReader } from "../../secrets/reader.ts";
import type { Config } from "../../config/config.ts";
import type { ConfigResult } from "../../config/load.ts";
import { VERSION } from "../../version.ts";
import { dotenvPathOf, readConfiguration } from "../configuration.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { lookOf } from "../paint.ts";
import { withProgress } from "../progress.ts";
import { untilStopped } from "../until-stopped.ts";
import { adminsLine } from "./admins.ts";
import { type AskMeta, readOnce } from "./ask-meta.ts";
import { configLines } from "./config.ts";
import { dotenvLines } from "./dotenv.ts";
import { type FleetsFound, readFleets } from "./fleets.ts";
import { askApps } from "./graph.ts";
import { exitForLines, type Line, lineJson, lineText } from "./line.ts";
import { limitLines } from "./limits.ts";
import { peopleLines } from "./people.ts";
import { proxyLines } from "./proxy.ts";
import { isRenewed, renewalLines } from "./renewal.ts";
import { renewalParts } from "./renewal-parts.ts";
import { botTokenLines, channelLines, responseUrlLines, type SlackLines, transportLines } from "./slack.ts";
import { slackAppLines } from "./slack-app.ts";
import { findStore, NOTHING_SAVED } from "./store.ts";
import { tokenLines } from "./tokens.ts";
import { blockedBy, type Topic } from "./topic.ts";

export interface DoctorOptions {
  readonly post?: boolean;
  readonly json?: boolean;
}

/** Checks everything that the bot needs, one line for each result. Also works with an incomplete configuration. */
export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const look = lookOf(io.stdout, io.env);
  const isText = options.json !== true;
  const all: Line[] = [];
  const say = (lines: readonly Line[]): void => {
    for (const line of lines) all.push(line);
    if (isText) for (const line of lines) io.stdout.write(`${lineText(line, look)}\n`);
  };
  if (isText) io.stdout.write(`wa-token ${VERSION}\n`);
  const result = await readConfiguration(io);
  say([...(await configLines(result)), ...dotenvLines(io)]);
  await untilStopped(io, async (signal) => {
    for await (const lines of topicLines(result, options, io, signal)) {
      // An ended command would look like a problem.
      if (signal.aborted) return;
      say(lines);
    }
  });
  const exitCode = exitForLines(all);
  if (!isText)
    io.stdout.write(`${JSON.stringify({ version: VERSION, exitCode, lines: all.map(lineJson) }, null, 2)}\n`);
  return exitCode;
}

/** Text on the terminal while a part is tested. */
const ASKING = {
  store: "Opening the store…",
  slack: "Asking Slack…",
  meta: "Asking Meta…",
  fleets: "Reading fleets…",
  tokens: "Checking tokens…",
  renewal: "Checking renewals…",
};

/** The lines of all topics after the configuration, in the order in which the bot uses them. */
async function* topicLines(
  result: ConfigResult,
  options: DoctorOptions,
  io: Io,
  signal: AbortSignal,
): AsyncGenerator<readonly Line[]> {
  const config = result.ok ? result.config : result.usable;
  const blocked = blockedBy(result);
  const linesAbout = async (topic: Topic, shown: string, look: Look): Promise<readonly Line[]> => {
    const line = blocked(topic);
    return line === undefined ? withProgress(io, shown, look, signal) : [line];
  };
  const empty = config.watches.length + config.fleets.length === 0 && blocked("Watches") === undefined;
  let saved = NOTHING_SAVED;
  yield await linesAbout("Store", ASKING.store, async () => {
    const found = await findStore(config, io.cwd, empty);
    ({ saved } = found);
    return [found.line];
  });
  yield proxyLines(config);
  await using opened = new AsyncDisposableStack();
  const outbound = createFetch(config.proxies);
  opened.defer(() => outbound.close());
  const { fetch } = outbound;
  const apps: Record<"bot" | "appToken", string | undefined> = { bot: undefined, appToken: undefined };
  const noting = async (whose: keyof typeof apps, asked: Promise<SlackLines>): Promise<readonly Line[]> => {
    const { lines, appId } = await asked;
    apps[whose] ??= appId;
    return lines;
  };
  const posted = options.post === true;
  yield await linesAbout("Slack bot token", ASKING.slack, () => noting("bot", botTokenLines(config, fetch)));
  yield await linesAbout("Slack transport", ASKING.slack, () => noting("appToken", transportLines(config, fetch)));
  yield await linesAbout("Slack answers", ASKING.slack, () => responseUrlLines(config, fetch));
  yield await linesAbout("Alert channel", ASKING.slack, () => noting("bot", channelLines(config, posted, fetch)));
  yield slackAppLines({ ...apps, posted });
  yield await linesAbout("People", ASKING.slack, async () => peopleLines(config));
  const { watches, slack } = config;
  yield [blocked("Renewals") ?? adminsLine(slack.adminUsers, watches.some(isRenewed))];
  const reading = (): Promise<FleetsFound> => readFleets(config, io, signal, saved);
  const fleets = config.fleets.length === 0 ? await reading() : await withProgress(io, ASKING.fleets, reading, signal);
  const ask = askMetaOf(config, io, signal, fleets);
  opened.defer(() => ask.client.close());
  const blockedApp = blocked("Meta app");
  const meta = blocked("Meta") ?? (await withProgress(io, ASKING.meta, () => askApps(ask, blockedApp), signal));
  yield "lines" in meta ? meta.lines : [meta];
  const found = "lines" in meta ? (blockedApp?.text ?? meta) : meta.text;
  yield fleets.lines;
  yield limitLines(saved.budgets, fleets.fleets.countOf, io.now());
  yield await linesAbout("Token", ASKING.tokens, () => tokenLines(ask, found, fleets.fleets.book, blocked("Watches")));
  const parts = { ...renewalParts({ config, io, fetch }), readSource: ask.readSource };
  yield await linesAbout("Renewal", ASKING.renewal, () => renewalLines(parts, watches, blocked("Proof")));
}

type Look = () => Promise<readonly Line[]>;

function askMetaOf(config: Config, io: Io, signal: AbortSignal, { fleets, ownSecretNames }: FleetsFound): AskMeta {
  const readSource = createSourceReader({
    env: io.env,
    dotenvPath: dotenvPathOf(io),
    ownSecretNames,
    fleetLines: fleets.places,
    signal,
  });
  const client = createGraphClient({
    baseUrl: config.graph.apiUrl,
    version: config.graph.version,
    proxies: config.proxies,
    now: io.now,
  });
  return { config, client, readSource: readOnce(readSource), io };
}
