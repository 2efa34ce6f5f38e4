import type { Config } from "../config/config.ts";
import { createGraphClient } from "../graph/client.ts";
import { createSourceReader } from "../secrets/reader.ts";
import { describeSource, type ReadSource } from "../token/source.ts";
import { dotenvPathOf, readConfiguration } from "./configuration.ts";
import { configLines } from "./doctor-config.ts";
import { graphLines } from "./doctor-graph.ts";
import { exitForLines, type Line, lineText } from "./doctor-line.ts";
import { channelLines, slackLines } from "./doctor-slack.ts";
import { storeLine } from "./doctor-store.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { createPaint } from "./paint.ts";

export interface DoctorOptions {
  readonly post?: boolean;
}

const sourceLines = async ({ watches }: Config, readSource: ReadSource): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for (const { name, source } of watches) {
    const topic = `Token of ${name}`;
    const reading = await readSource(source);
    if (!reading.ok) lines.push({ status: "problem", topic, text: reading.message });
    else
      lines.push({
        status: "ok",
        topic,
        text: `can be read from ${describeSource(source)}${reading.note === null ? "" : ` (${reading.note})`}.`,
      });
  }
  return lines;
};

/** Everything that needs a valid configuration, in the order in which the bot would meet it. */
async function* configuredLines(config: Config, options: DoctorOptions, io: Io): AsyncGenerator<readonly Line[]> {
  yield [await storeLine(config, io.cwd)];
  yield await slackLines(config);
  yield await channelLines(config, options.post === true);
  const readSource = createSourceReader({
    env: io.env,
    dotenvPath: dotenvPathOf(io),
    ownSecretNames: config.ownSecretNames,
  });
  const client = createGraphClient({ baseUrl: config.graph.apiUrl, version: config.graph.version, now: io.now });
  try {
    yield await graphLines(client, config, readSource);
  } finally {
    await client.close();
  }
  yield await sourceLines(config, readSource);
}

/** Looks at everything the bot needs, one line each with its remedy; useful before everything is configured. */
export const doctor = async (options: DoctorOptions, io: Io): Promise<ExitCode> => {
  const paint = createPaint(io.stdout, io.env);
  const all: Line[] = [];
  const say = (lines: readonly Line[]): void => {
    all.push(...lines);
    for (const line of lines) io.stdout.write(`${lineText(line, paint)}\n`);
  };
  const result = await readConfiguration(io);
  say(await configLines(result));
  if (result.ok) for await (const lines of configuredLines(result.config, options, io)) say(lines);
  else say([{ status: "not_tried", topic: "Store, Slack, Meta", text: "the configuration must be right first." }]);
  return exitForLines(all);
};
