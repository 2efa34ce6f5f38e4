import { guideOfWatch } from "../../app/guide-context.ts";
import type { Config } from "../../config/config.ts";
import type { GuideContext } from "../../guide/context.ts";
import { findTopic, type TopicSearch } from "../../guide/find-topic.ts";
import { likelyNames } from "../../guide/likely-names.ts";
import type { Spans } from "../../guide/rich-text.ts";
import { terminalText } from "../../words/plain-text.ts";
import { words } from "../../words/words.ts";
import type { Topic } from "../../guide/topic.ts";
import { guideTopics, setupTopics } from "../../guide/topics.ts";
import { namedWatch } from "../check/named-watch.ts";
import { readConfiguration } from "../configuration.ts";
import { UsageError, withoutLongWords } from "../errors.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { fitted } from "../fitted.ts";
import type { Io } from "../io.ts";
import { afterGuide, suggest } from "../next-command.ts";
import { lookOf } from "../paint.ts";
import { topicText } from "./topic-text.ts";

export interface GuideOptions {
  /** The guide shows the IDs and the token source of this watch. */
  readonly watch?: string;
}

/** Prints the setup guide, or the topic that fits the words. */
export async function guide(typed: readonly string[], options: GuideOptions, io: Io): Promise<ExitCode> {
  const context = await contextOf(io, options);
  const look = { ...lookOf(io.stdout, io.env), columns: Math.min(io.stdout.columns ?? WIDEST, WIDEST) };
  const asked = typed.join(" ");
  if (asked.toLowerCase() === LIST) {
    io.stdout.write(`${fitted(topicList(guideTopics(context)).join("\n"), io.stdout.columns)}\n`);
    return EXIT.healthy;
  }
  const search = typed.length === 0 ? undefined : findTopic(asked, context);
  if (search?.kind === "none") throw notFound(asked, search, guideTopics(context));
  const topics = search === undefined ? setupTopics(context) : [search.topic];
  io.stdout.write(`${topics.map((topic) => topicText(topic, look)).join("\n\n\n")}\n`);
  suggest(afterGuide(search?.topic, options.watch), io);
  return EXIT.healthy;
}

/** Prints all topics instead of one. No topic has this word alone as a keyword. */
const LIST = "list";

/** Longer lines are hard to read, even in a wide terminal. */
const WIDEST = 100;

/**
 * The guide for the named watch. Without a name, the guide for the only watch, or for no watch if there are several.
 */
async function guideOf(config: Config, name: string | undefined, io: Io): Promise<GuideContext> {
  const [only, ...others] = config.watches;
  const watch = name === undefined ? only : (await namedWatch(name, config, io)).watch;
  return watch === undefined || (name === undefined && others.length + config.fleets.length > 0)
    ? config.guide
    : guideOfWatch(watch, config.guide);
}

/** People read the guide before they configure the bot, so it works without a valid configuration. */
async function contextOf(io: Io, { watch }: GuideOptions): Promise<GuideContext> {
  const result = await readConfiguration(io);
  if (result.ok) return guideOf(result.config, watch, io);
  io.stderr.write(`${fitted(said(words.guide.notPersonalised()), io.stderr.columns)}\n`);
  return { appName: "your app" };
}

/** A sentence with normal spaces, so that people can copy a command out of it. */
function said(spans: Spans): string {
  return terminalText(spans).replaceAll("\u00A0", " ");
}

function searchFor({ id }: Topic): string {
  return id.replaceAll("-", " ");
}

function lineOf(topic: Topic): string {
  return `  wa-token guide ${searchFor(topic).padEnd(14)}  ${topic.title}`;
}

function topicList(topics: readonly Topic[]): readonly string[] {
  return [`${words.guide.allTopics}:`, ...topics.map(lineOf)];
}

/** The advice comes last, next to the prompt. */
function notFound(asked: string, { nearest, alike }: NotFound, topics: readonly Topic[]): UsageError {
  const wantsList = likelyNames(asked, [LIST]).length > 0;
  const search = wantsList ? LIST : searchFor(nearest);
  const title = wantsList ? words.guide.allTopics : nearest.title;
  return new UsageError(
    [
      said(words.guide.notFound(withoutLongWords(asked))),
      ...topicList(topics),
      said(alike || wantsList ? words.guide.didYouMean(title, search) : words.guide.readAll()),
    ].join("\n"),
  );
}

type NotFound = Extract<TopicSearch, { readonly kind: "none" }>;
