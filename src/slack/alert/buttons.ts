import type { ActionsBlock, Button } from "@slack/types";
import { topicForFinding } from "../../guide/finding-topic.ts";
import type { TopicId } from "../../guide/topic.ts";
import { answers } from "../../token/telling.ts";
import { unreadAssets } from "../../token/unread.ts";
import type { Alert } from "../../watch/alert.ts";
import { isAboutIds, isBlocked, isUnanswered } from "../../token/known.ts";
import { words } from "../../words/words.ts";
import { actions, button } from "../blocks.ts";
import { pageValue } from "../guide/page.ts";
import { unansweredStep } from "../verdict/next-step.ts";
import { ALERT } from "./ids.ts";

/** The part of the guide that leads to the first thing the alert says to do; undefined when it asks for nothing. */
export const alertTopic = (alert: Alert): TopicId | undefined => {
  const { verdict, failing } = alert;
  // The message itself has every step, and people must not look for a new token.
  if (isBlocked(failing)) return undefined;
  if (verdict === null || isUnanswered(alert))
    return failing === null ? undefined : unansweredStep(failing.failure).topic;
  if (isAboutIds(alert)) {
    const [unread] = unreadAssets(verdict);
    return unread === undefined ? undefined : unansweredStep(unread.failure).topic;
  }
  const [first] = answers(verdict);
  return first === undefined ? undefined : topicForFinding(first);
};

/** What people can do about an open alert; nothing once it is over. */
export function alertButtons(alert: Alert): readonly ActionsBlock[] {
  if (alert.resolvedAt !== null) return [];
  const { buttons } = words;
  const { id, card } = alert;
  return [
    actions(
      alert.acknowledged === null
        ? button({ id: ALERT.acknowledge, ...buttons.acknowledge, value: id, style: "primary" })
        : button({ id: ALERT.unacknowledge, ...buttons.undo, value: id }),
      ...(alert.snoozed === null
        ? [button({ id: ALERT.snooze, ...buttons.snooze, value: id })]
        : [
            button({ id: ALERT.snooze, ...buttons.changeSnooze, value: id }),
            button({ id: ALERT.unsnooze, ...buttons.endSnooze, value: id }),
          ]),
      button({ id: ALERT.check, ...buttons.check, value: id }),
      ...guideButton(alertTopic(alert), card.name),
    ),
  ];
}

/** "Open guide" at the topic that helps; nothing when there is no topic. */
export function guideButton(topic: TopicId | undefined, watch: string): readonly Button[] {
  return topic === undefined
    ? []
    : [button({ id: ALERT.guide, ...words.buttons.guide, value: pageValue(topic, watch) })];
}
