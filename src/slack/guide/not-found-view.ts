import type { GuideContext } from "../../guide/context.ts";
import type { Topic } from "../../guide/topic.ts";
import { guideTopics } from "../../guide/topics.ts";
import { actions, button, LIMITS, lines, section } from "../blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { bold, code, cutTo, literal, LONGEST_REPEATED } from "../mrkdwn.ts";
import type { PrivateMessage } from "../request.ts";
import { topicSelect } from "./guide-view.ts";
import { GUIDE } from "./ids.ts";
import { slackCommand } from "../spans.ts";

const wordsFor = ({ id }: Topic): string => slackCommand(`guide ${id.replaceAll("-", " ")}`);

/** Said when no topic is about the words: the topic that comes nearest, and all of them by name. */
export const notFoundMessage = (guide: GuideContext, words: string, nearest: Topic): PrivateMessage => {
  const asked = `No topic is about “${literal(words, LONGEST_REPEATED)}”.`;
  const topics = guideTopics(guide);
  return {
    text: cutTo(
      [
        `${asked} The nearest topic is ${literal(nearest.title, LIMITS.option)}: ${wordsFor(nearest)}`,
        "All topics:",
        ...topics.map((topic) => `${literal(topic.title, LIMITS.option)}: ${wordsFor(topic)}`),
      ].join("\n"),
      LIMITS.messageText,
    ),
    blocks: [
      section(
        `${asked}\nThe nearest topic is ${bold(literal(nearest.title, LIMITS.option))}.`,
        button({
          id: GUIDE.walk,
          text: "Open this topic",
          value: nearest.id,
          label: `Open this topic: ${nearest.title}`,
          style: "primary",
        }),
      ),
      ...lines([bold("All topics"), ...topics.map((topic) => `${code(wordsFor(topic))} ${literal(topic.title, 75)}`)]),
      actions(
        topicSelect(guide),
        button({ id: GUIDE.whole, text: "Whole guide", label: "Show the whole guide" }),
        checkButton(),
      ),
    ],
  };
};
