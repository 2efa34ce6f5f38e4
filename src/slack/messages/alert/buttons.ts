import type { ActionsBlock, Button } from "@slack/types";
import { topicForFinding } from "../../../guide/finding-topic.ts";
import type { TopicId } from "../../../guide/topic.ts";
import { findingsToFix } from "../../../token/telling.ts";
import { unreadAssets } from "../../../token/unread.ts";
import type { Alert } from "../../../alert/alert.ts";
import { isAboutIds, isBlocked, isSolvedByToken, isUnanswered } from "../../../token/known.ts";
import { words } from "../../../words/words.ts";
import { actions, button } from "../../kit/blocks.ts";
import { pageValue } from "../../guide/page.ts";
import { unansweredStep } from "../../check/verdict/next-step.ts";
import { RENEWAL } from "../renewal/ids.ts";
import { ALERT } from "./ids.ts";

/** The guide topic for the alert's first step; undefined when the alert asks for nothing. */
export function alertTopic(alert: Alert): TopicId | undefined {
  const { verdict, failing } = alert;
  // The message has every step, and a new token does not help.
  if (isBlocked(failing)) return undefined;
  if (verdict === null || isUnanswered(alert))
    return failing === null ? undefined : unansweredStep(failing.failure).topic;
  if (isAboutIds(alert)) {
    const [unread] = unreadAssets(verdict);
    return unread === undefined ? undefined : unansweredStep(unread.failure).topic;
  }
  const [first] = findingsToFix(verdict);
  return first === undefined ? undefined : topicForFinding(first);
}

/**
 * The buttons of an open alert. A resolved alert has none.
 * @param renews true when renewals from Slack are on
 */
export function alertButtons(alert: Alert, renews = false): readonly ActionsBlock[] {
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
      ...(renews && isSolvedByToken(alert) ? [renewButton(card.name)] : []),
      ...guideButton(alertTopic(alert), card.name),
    ),
  ];
}

/** "Renew…": opens the dialog for a watch. */
export function renewButton(watch: string): Button {
  return button({ id: RENEWAL.renew, ...words.renewal.buttons.renew, value: watch });
}

/** "Open guide" for a topic; no button without a topic. */
export function guideButton(topic: TopicId | undefined, watch: string): readonly Button[] {
  return topic === undefined
    ? []
    : [button({ id: ALERT.guide, ...words.buttons.guide, value: pageValue(topic, watch) })];
}
