import type { ConfigResult } from "../../config/load.ts";
import { createGraphClient } from "../../graph/client.ts";
import { createFetch } from "../../network/fetch.ts";
import { createSourceReader } from "../../secrets/reader.ts";
import { VERSION } from "../../version.ts";
import { dotenvPathOf, readConfiguration } from "../configuration.ts";
import { configLines } from "./config.ts";
import { graphLines } from "./graph.ts";
import { exitForLines, type Line, lineText } from "./line.ts";
import { peopleLines } from "./people.ts";
import { proxyLines } from "./proxy.ts";
import { botTokenLine, channelLines, responseUrlLines, transportLines } from "./slack.ts";
import { sourceLines } from "./sources.ts";
import { storeLine } from "./store.ts";
import { blockedBy, type Topic } from "./topic.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { createPaint } from "../paint.ts";

export interface DoctorOptions {
  readonly post?: boolean;
}

/** Checks everything that the bot needs, one line for each result. Also works with an incomplete configuration. */
export async function doctor(options: DoctorOptions, io: Io): Promise<ExitCode> {
  const paint = createPaint(io.stdout, io.env);
  const all: Line[] = [];
  const say = (lines: readonly Line[]): void => {
    all.push(...lines);
    for (const line of lines) io.stdout.write(`${lineText(line, paint)}\n`);
  };
  io.stdout.write(`wa-token ${VERSION}\n`);
  const result = await readConfiguration(io);
  say(await configLines(result));
  for await (const lines of topicLines(result, options, io)) say(lines);
  return exitForLines(all);
}

/** The lines of all topics after the configuration, in the order in which the bot uses them. */
async function* topicLines(result: ConfigResult, options: DoctorOptions, io: Io): AsyncGenerator<readonly Line[]> {
  const config = result.ok ? result.config : result.usable;
  const blocked = blockedBy(result);
  const linesAbout = async (topic: Topic, look: () => Promise<readonly Line[]>): Promise<readonly Line[]> => {
    const line = blocked(topic);
    return line === undefined ? look() : [line];
  };
  const empty = config.watches.length === 0 && blocked("Watches") === undefined;
  yield await linesAbout("Store", async () => [await storeLine(config, io.cwd, empty)]);
  yield proxyLines(config);
  await using opened = new AsyncDisposableStack();
  const outbound = createFetch(config.proxies);
  opened.defer(() => outbound.close());
  const { fetch } = outbound;
  yield await linesAbout("Slack bot token", async () => [await botTokenLine(config, fetch)]);
  yield await linesAbout("Slack transport", () => transportLines(config, fetch));
  yield await linesAbout("Slack answers", () => responseUrlLines(config, fetch));
  yield await linesAbout("Alert channel", () => channelLines(config, options.post === true, fetch));
  yield await linesAbout("People", async () => peopleLines(config));
  const readSource = createSourceReader({
    env: io.env,
    dotenvPath: dotenvPathOf(io),
    ownSecretNames: config.ownSecretNames,
  });
  const client = createGraphClient({
    baseUrl: config.graph.apiUrl,
    version: config.graph.version,
    proxies: config.proxies,
    now: io.now,
  });
  opened.defer(() => client.close());
  yield await linesAbout("Meta", () => graphLines(client, config, readSource, blocked("Meta app")));
  yield await linesAbout("Token", () => sourceLines(config, readSource, blocked("Watches")));
}
