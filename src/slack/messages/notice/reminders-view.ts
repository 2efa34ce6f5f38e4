import type { Spans } from "../../../guide/rich-text.ts";
import type { Alert } from "../../../alert/alert.ts";
import { hasResponse } from "../../../alert/reminders-off.ts";
import type { Delivery, MessageRef } from "../../../outbox/message.ts";
import { calledPeople } from "../../../words/alert-facts.ts";
import { responseRemark, stateWord } from "../../../words/alert-line.ts";
import { countTexts } from "../../../words/group-text.ts";
import { listHeadline, standingOf } from "../../../words/shared-text.ts";
import { named } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { alertsWorstFirst } from "../../../words/worst-first.ts";
import { manyButtons } from "../alert/many-buttons.ts";
import type { ChannelMessage } from "../../kit/channel-message.ts";
import { linkTo, type Links } from "../../kit/links.ts";
import { listMessage } from "../list-message.ts";

/**
 * Alerts of one channel without a response, one line each, with a link to the alert's message.
 * @param renews true when renewals from Slack are on
 */
export function remindersMessage(
  { message, alerts: shown }: Delivery,
  timezone: string,
  links: Links,
  renews: boolean,
): ChannelMessage {
  const homes = new Map(shown.map(({ alert, home }) => [alert, home]));
  const alerts = alertsWorstFirst([...homes.keys()]);
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  return listMessage(
    {
      standing: standingOf(alerts),
      headline: listHeadline(alerts, (standing) => words.lists.reminder(standing, open.length, alerts.length)),
      calls: open.filter((alert) => !hasResponse(alert)).flatMap(calledPeople),
      paragraphs: [countTexts(alerts, open)],
      list: alerts,
      lineOf: (alert) => lineOf(alert, homes.get(alert) ?? null, links),
      small: [],
      buttons: manyButtons(message.id, open, renews),
    },
    timezone,
  );
}

/** "orders-prod: revoked, open since 22 Nov 2026. Open the alert" */
function lineOf(alert: Alert, home: MessageRef | null, links: Links): Spans {
  const { lists } = words;
  const name = named(alert.card.name);
  if (alert.resolvedAt !== null) return lists.overLine(name, stateWord(alert));
  const link = home === null ? undefined : linkTo(links, home);
  return lists.reminderLine(name, stateWord(alert), responseRemark(alert), alert.openedAt, link);
}
