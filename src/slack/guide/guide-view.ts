import type { ActionsBlock, Button, StaticSelect } from "@slack/types";
import type { GuideContext } from "../../guide/context.ts";
import { appDashboardUrl, systemUsersUrl } from "../../guide/deep-links.ts";
import { guideTopics, setupTopics } from "../../guide/topics.ts";
import { actions, button, context, LIMITS, option, plain } from "../blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { cutTo, literal, LONGEST_REPEATED } from "../mrkdwn.ts";
import type { PrivateMessage } from "../request.ts";
import { GUIDE, GUIDE_LINKS } from "./ids.ts";
import { topicBlocks } from "./topic-blocks.ts";
import { topicsText } from "./topic-text.ts";

/** Every topic by name, the help that is not among the steps included. */
export const topicSelect = (guide: GuideContext): StaticSelect => ({
  type: "static_select",
  action_id: GUIDE.jump,
  placeholder: plain("Go to a topic", LIMITS.placeholder),
  options: guideTopics(guide)
    .slice(0, LIMITS.options)
    .map((topic) => option(topic.title, topic.id)),
});

const walkButton = (): Button =>
  button({
    id: GUIDE.walk,
    text: "Walk step by step",
    value: "step-1",
    label: "Walk step by step through the guide",
    style: "primary",
  });

/** The ways on for who will not read it all: the guide fills several screens. */
const topActions = (): ActionsBlock => actions(walkButton(), checkButton());

const wholeActions = (guide: GuideContext): ActionsBlock =>
  actions(
    walkButton(),
    checkButton(),
    button({
      id: GUIDE_LINKS.settings,
      text: "Open Business settings",
      url: systemUsersUrl(guide),
      label: "Open Business settings of Meta in the browser",
    }),
    button({
      id: GUIDE_LINKS.apps,
      text: "Open my Meta apps",
      url: appDashboardUrl,
      label: "Open my Meta apps in the browser",
    }),
    topicSelect(guide),
  );

const notFoundSentence = (words: string): string =>
  `No topic is about “${literal(words, LONGEST_REPEATED)}”. Here is the whole guide; more topics are in the list below it.`;

/** The whole set-up guide in one answer. `notFound`: the words that no topic is about. */
export const wholeGuideMessage = (guide: GuideContext, notFound?: string): PrivateMessage => {
  const topics = setupTopics(guide);
  const [opening = [], ...rest] = topics.map(topicBlocks);
  const first = notFound === undefined ? undefined : notFoundSentence(notFound);
  return {
    text: cutTo(
      `${first === undefined ? "" : `${first}\n\n`}${topicsText(topics, { reasons: false })}`,
      LIMITS.messageText,
    ),
    blocks: [
      ...(first === undefined ? [] : [context(first)]),
      ...opening,
      topActions(),
      ...rest.flat(),
      wholeActions(guide),
    ],
  };
};
