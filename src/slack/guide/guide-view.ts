import type { ActionsBlock, StaticSelect } from "@slack/types";
import type { GuideContext } from "../../guide/context.ts";
import { appDashboardUrl, systemUsersUrl } from "../../guide/deep-links.ts";
import { guideTopics, setupTopics } from "../../guide/topics.ts";
import { actions, button, context, LIMITS, option, plain } from "../blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { cutTo, literal } from "../mrkdwn.ts";
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

const wholeActions = (guide: GuideContext): ActionsBlock =>
  actions(
    button({
      id: GUIDE.walk,
      text: "Walk step by step",
      value: "step-1",
      label: "Walk through the guide step by step",
      style: "primary",
    }),
    checkButton(),
    button({
      id: GUIDE_LINKS.settings,
      text: "Open Business settings",
      url: systemUsersUrl(guide),
      label: "Open Meta's Business settings in the browser",
    }),
    button({
      id: GUIDE_LINKS.apps,
      text: "Open my Meta apps",
      url: appDashboardUrl,
      label: "Open the list of your Meta apps in the browser",
    }),
    topicSelect(guide),
  );

/** The whole set-up guide in one answer. `notFound`: the words that no topic is about. */
export const wholeGuideMessage = (guide: GuideContext, notFound?: string): PrivateMessage => {
  const topics = setupTopics(guide);
  const first =
    notFound === undefined
      ? "Lines marked “Also” are additions to the original guide."
      : `No topic is about “${literal(notFound, 80)}”. Here is the whole guide; more topics are in the list below it.`;
  return {
    text: cutTo(
      `${first}

${topicsText(topics, { reasons: false })}`,
      LIMITS.messageText,
    ),
    blocks: [context(first), ...topics.flatMap(topicBlocks), wholeActions(guide)],
  };
};
