import type { GuideContext } from "../guide/context.ts";
import { findTopic } from "../guide/find-topic.ts";
import { topicAsText } from "../guide/plain-text.ts";
import { guideTopics, setupTopics } from "../guide/topics.ts";
import { readConfiguration } from "./configuration.ts";
import { UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** The guide is read before everything is configured, so a wrong configuration only costs the personal touch. */
const contextOf = async (io: Io): Promise<GuideContext> => {
  const result = await readConfiguration(io);
  if (result.ok) return result.config.guide;
  io.stderr.write("The configuration has problems (see wa-token doctor), so the guide is not personalised.\n");
  return { appName: "your app" };
};

/** Prints the set-up guide, or the topic that the words are about. */
export const guide = async (words: readonly string[], io: Io): Promise<ExitCode> => {
  const context = await contextOf(io);
  const width = Math.min(io.stdout.columns ?? WIDEST, WIDEST);
  if (words.length === 0) {
    const texts = setupTopics(context).map((topic) => topicAsText(topic, { width }));
    io.stdout.write(`${texts.join("\n\n\n")}\n`);
    return EXIT.healthy;
  }
  const found = findTopic(words.join(" "), context);
  if (found === undefined) {
    const titles = guideTopics(context).map(({ title }) => `  ${title}`);
    throw new UsageError(`The guide has no topic about that. Its topics are:\n${titles.join("\n")}`);
  }
  io.stdout.write(`${topicAsText(found.topic, { width })}\n`);
  return EXIT.healthy;
};
