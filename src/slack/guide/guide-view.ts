import type { ActionsBlock, Button, KnownBlock, StaticSelect } from "@slack/types";
import type { GuideContext } from "../../guide/context.ts";
import { appsUrl, systemUsersUrl } from "../../guide/deep-links.ts";
import { guideTopics, setupTopics } from "../../guide/topics.ts";
import { actions, button, context, LIMITS, option, plain } from "../blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { code } from "../mrkdwn.ts";
import type { PrivateMessage } from "../request.ts";
import { GUIDE, GUIDE_LINKS } from "./ids.ts";
import { pageValue } from "./page.ts";
import { topicBlocks } from "./topic-blocks.ts";
import { topicsText } from "./topic-text.ts";

/** Every topic by name, the help that is not among the steps included. */
export const topicSelect = (guide: GuideContext): StaticSelect => ({
  type: "static_select",
  action_id: GUIDE.jump,
  placeholder: plain("Go to a topic", LIMITS.placeholder),
  options: guideTopics(guide)
    .slice(0, LIMITS.options)
    .map((topic) => option(topic.title, pageValue(topic.id, guide.watch))),
});

/** Whose ids the guide shows, when it was opened from a watch. */
export const watchLine = ({ watch }: GuideContext): readonly KnownBlock[] =>
  watch === undefined ? [] : [context(`With the ids and the places of ${code(watch)}.`)];

const walkButton = ({ watch }: GuideContext): Button =>
  button({
    id: GUIDE.walk,
    text: "Walk step by step",
    value: pageValue("step-1", watch),
    label: "Walk step by step through the guide",
    style: "primary",
  });

/** The ways on for who will not read it all: the guide fills several screens. */
const topActions = (guide: GuideContext): ActionsBlock => actions(walkButton(guide), checkButton());

const wholeActions = (guide: GuideContext): ActionsBlock =>
  actions(
    walkButton(guide),
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
      url: appsUrl,
      label: "Open my Meta apps in the browser",
    }),
    topicSelect(guide),
  );

/** The whole set-up guide in one answer. */
export const wholeGuideMessage = (guide: GuideContext): PrivateMessage => {
  const topics = setupTopics(guide);
  const [opening = [], ...rest] = topics.map(topicBlocks);
  return {
    text: topicsText(topics, { tips: false }),
    blocks: [...opening, ...watchLine(guide), topActions(guide), ...rest.flat(), wholeActions(guide)],
  };
};
