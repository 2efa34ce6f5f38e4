import { findTopic } from "../../guide/find-topic.ts";
import type { SlackDeps } from "../deps.ts";
import type { CommandRequest } from "../request.ts";
import { wholeGuideMessage } from "./guide-view.ts";
import { topicMessage } from "./topic-view.ts";

/** `/wa-token guide [words]`: the whole guide, or the topic that the words are about. */
export const openGuide = async (request: CommandRequest, words: string, { guide }: SlackDeps): Promise<void> => {
  if (words === "") return request.reply(wholeGuideMessage(guide));
  const found = findTopic(words, guide);
  return request.reply(found === undefined ? wholeGuideMessage(guide, words) : topicMessage(guide, found.topic));
};
