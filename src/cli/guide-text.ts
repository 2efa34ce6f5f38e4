import { guideOfWatch } from "../app/guide-context.ts";
import type { Config } from "../config/config.ts";
import type { GuideContext } from "../guide/context.ts";
import { findTopic } from "../guide/find-topic.ts";
import { topicAsText } from "../words/plain-text.ts";
import type { Topic } from "../guide/topic.ts";
import { guideTopics, setupTopics } from "../guide/topics.ts";
import { watchNamed } from "./check-question.ts";
import { readConfiguration } from "./configuration.ts";
import { UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

export interface GuideOptions {
  /** The watch whose IDs and token source the guide shows. */
  readonly watch?: string;
}

/** Longer lines are hard to read, even on a wide terminal. */
const WIDEST = 100;

/** Without a name, the guide is for the only watch, or for no watch when there are several. */
const guideOf = (config: Config, name: string | undefined): GuideContext => {
  const [only, ...others] = config.watches;
  const watch = name === undefined ? only : watchNamed(name, config);
  return watch === undefined || (name === undefined && others.length > 0)
    ? config.guide
    : guideOfWatch(watch, config.guide);
};

/** People read the guide while they configure the bot, so a wrong configuration only makes the guide general. */
const contextOf = async (io: Io, { watch }: GuideOptions): Promise<GuideContext> => {
  const result = await readConfiguration(io);
  if (result.ok) return guideOf(result.config, watch);
  io.stderr.write(
    "The configuration has problems, so the guide is not personalised. Run wa-token doctor to see them.\n",
  );
  return { appName: "your app" };
};

const lineOf = ({ id, title }: Topic): string => `  wa-token guide ${id.replaceAll("-", " ").padEnd(14)} ${title}`;

const notFound = (nearest: Topic, topics: readonly Topic[]): UsageError =>
  new UsageError(
    [
      "The guide has no topic about that. Its topics are:",
      ...topics.map(lineOf),
      "The closest topic is:",
      lineOf(nearest),
    ].join("\n"),
  );

/** Prints the set-up guide, or the topic that the words are about. */
export const guide = async (words: readonly string[], options: GuideOptions, io: Io): Promise<ExitCode> => {
  const context = await contextOf(io, options);
  const width = Math.min(io.stdout.columns ?? WIDEST, WIDEST);
  const print = (texts: readonly string[]): ExitCode => {
    io.stdout.write(`${texts.join("\n\n\n")}\n`);
    return EXIT.healthy;
  };
  if (words.length === 0) return print(setupTopics(context).map((topic) => topicAsText(topic, { width })));
  const search = findTopic(words.join(" "), context);
  if (search.kind === "none") throw notFound(search.nearest, guideTopics(context));
  return print([topicAsText(search.topic, { width })]);
};
