import type { ActionsBlock, Button } from "@slack/types";
import { topicForFinding } from "../../guide/finding-topic.ts";
import type { TopicId } from "../../guide/topic.ts";
import { answers } from "../../token/telling.ts";
import { unreadAssets } from "../../token/unread.ts";
import type { Alert } from "../../watch/alert.ts";
import { isAboutIds, isBlocked, isUnanswered } from "../../token/known.ts";
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

const acknowledging = ({ id, acknowledged }: Alert): Button =>
  acknowledged === null
    ? button({
        id: ALERT.acknowledge,
        text: "Acknowledge",
        value: id,
        label: "Acknowledge: you deal with it, no more reminders",
        style: "primary",
      })
    : button({ id: ALERT.unacknowledge, text: "Undo acknowledgement", value: id });

const snoozing = ({ id, snoozed }: Alert): readonly Button[] =>
  snoozed === null
    ? [button({ id: ALERT.snooze, text: "Snooze…", value: id, label: "Snooze: no reminders until a time" })]
    : [
        button({ id: ALERT.snooze, text: "Change snooze…", value: id }),
        button({ id: ALERT.unsnooze, text: "End snooze", value: id }),
      ];

/** What people can do about an open alert; nothing once it is over. */
export const alertButtons = (alert: Alert): readonly ActionsBlock[] => {
  if (alert.resolvedAt !== null) return [];
  const topic = alertTopic(alert);
  return [
    actions(
      acknowledging(alert),
      ...snoozing(alert),
      button({ id: ALERT.check, text: "Check now", value: alert.id, label: "Check now: ask Meta about this token" }),
      ...(topic === undefined
        ? []
        : [
            button({
              id: ALERT.guide,
              text: "Open guide",
              value: pageValue(topic, alert.card.name),
              label: "Open guide: what to do about this",
            }),
          ]),
    ),
  ];
};
