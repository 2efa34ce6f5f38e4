import { findTopic } from "../../guide/find-topic.ts";
import type { SlackDeps } from "../requests/deps.ts";
import type { CommandRequest } from "../requests/request.ts";
import { checklistWatches } from "./checklist-menu.ts";
import { wholeGuideMessage } from "./guide-view.ts";
import { notFoundMessage } from "./not-found-view.ts";
import { topicMessage } from "./topic-view.ts";

/** `/wa-token guide [words]`: the whole guide, or the topic that fits the words. */
export async function openGuide(request: CommandRequest, words: string, deps: SlackDeps): Promise<void> {
  const guide = deps.guide();
  if (words === "") return request.reply(wholeGuideMessage(guide, checklistWatches(request.person, deps)));
  const search = findTopic(words, guide);
  return request.reply(
    search.kind === "found" ? topicMessage(guide, search.topic) : notFoundMessage(guide, words, search.nearest),
  );
}
