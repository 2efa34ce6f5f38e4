import type { GuideContext } from "../../guide/context.ts";
import type { Topic, TopicId } from "../../guide/topic.ts";
import { guideTopics } from "../../guide/topics.ts";
import type { SlackDeps } from "../deps.ts";

/** Where a button of the guide leads. */
export interface Page {
  readonly guide: GuideContext;
  /** Undefined: the whole guide. */
  readonly topic: Topic | undefined;
}

/** The names that a watchlist takes; an older row may hold another one. */
const WATCH_NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** The value of a button that leads to a topic; a watch's ids and places stay in the guide from page to page. */
export const pageValue = (topic: TopicId | "whole", watch: string | undefined): string =>
  watch !== undefined && WATCH_NAME.test(watch) ? `${topic} ${watch}` : topic;

/** Reads what `pageValue` wrote. A topic or a watch that is no longer there is left out. */
export const readPage = (value: string | undefined, { guide: guideFor }: Pick<SlackDeps, "guide">): Page => {
  const [id, watch] = (value ?? "").split(" ");
  const guide = guideFor(watch);
  return { guide, topic: guideTopics(guide).find((topic) => topic.id === id) };
};
