import type { GuideContext } from "../../guide/context.ts";
import type { Topic, TopicId } from "../../guide/topic.ts";
import { guideTopics } from "../../guide/topics.ts";
import type { SlackDeps } from "../requests/deps.ts";

/** The target of a button in the guide. */
export interface Page {
  readonly guide: GuideContext;
  /** Undefined means the whole guide. */
  readonly topic: Topic | undefined;
}

/** The value of a button that opens a topic. It carries the watch, so that every page shows the IDs of that watch. */
export function pageValue(topic: TopicId | "whole", watch: string | undefined): string {
  return watch !== undefined && WATCH_NAME.test(watch) ? `${topic} ${watch}` : topic;
}

/** Reads a value from `pageValue`. Ignores a topic or a watch that no longer exists. */
export function readPage(value: string | undefined, { guide: guideFor }: Pick<SlackDeps, "guide">): Page {
  const [id, watch] = (value ?? "").split(" ");
  const guide = guideFor(watch);
  return { guide, topic: guideTopics(guide).find((topic) => topic.id === id) };
}

/** The names that a watchlist accepts. An older stored row may hold another name. */
const WATCH_NAME = /^[A-Za-z0-9._-]{1,64}$/;
