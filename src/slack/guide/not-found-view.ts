import type { GuideContext } from "../../guide/context.ts";
import type { Topic } from "../../guide/topic.ts";
import { guideTopics } from "../../guide/topics.ts";
import { actions, button, LIMITS, lines, section } from "../kit/blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { words } from "../../words/words.ts";
import { bold, code, cutTo, escapeMrkdwn, literal } from "../kit/mrkdwn.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { topicSelect } from "./guide-view.ts";
import { GUIDE } from "./ids.ts";
import { slackCommand, slackPlainText, slackText } from "../kit/spans.ts";

/** The reply when no topic fits: the nearest topic, and the names of all topics. */
export function notFoundMessage(guide: GuideContext, asked: string, nearest: Topic): PrivateMessage {
  const found = [words.guide.notFound(asked), words.guide.nearest(nearest.title, searchFor(nearest))];
  const topics = guideTopics(guide);
  return {
    text: cutTo(
      [
        escapeMrkdwn(found.map((line) => slackPlainText(line)).join(" ")),
        `${words.guide.allTopics}:`,
        ...topics.map((topic) => `${literal(topic.title, LIMITS.option)}: ${commandFor(topic)}`),
      ].join("\n"),
      LIMITS.messageText,
    ),
    blocks: [
      section(
        found.map(slackText).join("\n"),
        button({
          id: GUIDE.walk,
          text: words.guide.openTopic,
          value: nearest.id,
          label: words.guide.openTopicAloud(nearest.title),
          style: "primary",
        }),
      ),
      ...lines([
        bold(words.guide.allTopics),
        ...topics.map((topic) => `${code(commandFor(topic))} ${literal(topic.title, 75)}`),
      ]),
      actions(
        topicSelect(guide),
        button({ id: GUIDE.whole, text: words.guide.whole, label: words.guide.wholeAloud }),
        checkButton(),
      ),
    ],
  };
}

function searchFor({ id }: Topic): string {
  return id.replaceAll("-", " ");
}

function commandFor(topic: Topic): string {
  return slackCommand(`guide ${searchFor(topic)}`);
}
