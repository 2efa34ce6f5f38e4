import type { ActionsBlock, Button, KnownBlock, StaticSelect } from "@slack/types";
import type { GuideContext } from "../../guide/context.ts";
import { appsUrl, systemUsersUrl } from "../../guide/deep-links.ts";
import { guideTopics, setupTopics } from "../../guide/topics.ts";
import { actions, button, context, LIMITS, option, plain } from "../kit/blocks.ts";
import { checkButton } from "../check/check-button.ts";
import { utcText } from "../../token/moment.ts";
import { words } from "../../words/words.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { mrkdwnText } from "../kit/spans.ts";
import { GUIDE, GUIDE_LINKS } from "./ids.ts";
import { pageValue } from "./page.ts";
import { checklistMenu } from "./checklist-menu.ts";
import { topicBlocks } from "./topic-blocks.ts";
import { topicsText } from "./topic-text.ts";

/** A menu of every topic: the setup steps and the help topics. */
export function topicSelect(guide: GuideContext): StaticSelect {
  return {
    type: "static_select",
    action_id: GUIDE.jump,
    placeholder: plain(words.guide.goToTopic, LIMITS.placeholder),
    options: guideTopics(guide)
      .slice(0, LIMITS.options)
      .map((topic) => option(topic.title, pageValue(topic.id, guide.watch))),
  };
}

/** Names the watch that the guide was opened from. The guide shows the IDs of this watch. */
export function watchLine({ watch }: GuideContext): readonly KnownBlock[] {
  return watch === undefined ? [] : [context(mrkdwnText(words.guide.ofWatch(watch), utcText))];
}

/**
 * The whole setup guide in one message.
 * @param watches the watches for which the reader, an admin, can start a checklist; empty for everybody else
 */
export function wholeGuideMessage(guide: GuideContext, watches: readonly string[] = []): PrivateMessage {
  const topics = setupTopics(guide);
  const [opening = [], ...rest] = topics.map(topicBlocks);
  return {
    text: topicsText(topics, { tips: false }),
    blocks: [
      ...opening,
      ...watchLine(guide),
      topActions(guide),
      ...checklistMenu(watches),
      ...rest.flat(),
      wholeActions(guide),
    ],
  };
}

function walkButton({ watch }: GuideContext): Button {
  return button({
    id: GUIDE.walk,
    text: words.guide.walk,
    value: pageValue("step-1", watch),
    label: words.guide.walkAloud,
    style: "primary",
  });
}

/** Buttons near the top, because the whole guide fills several screens. */
function topActions(guide: GuideContext): ActionsBlock {
  return actions(walkButton(guide), checkButton());
}

function wholeActions(guide: GuideContext): ActionsBlock {
  return actions(
    walkButton(guide),
    checkButton(),
    button({
      id: GUIDE_LINKS.settings,
      text: words.guide.openSettings,
      url: systemUsersUrl(guide),
      label: words.guide.openSettingsAloud,
    }),
    button({
      id: GUIDE_LINKS.apps,
      text: words.guide.openApps,
      url: appsUrl,
      label: words.guide.openAppsAloud,
    }),
    topicSelect(guide),
  );
}
