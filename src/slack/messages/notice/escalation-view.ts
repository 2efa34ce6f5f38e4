import { listHeadline, sameForAll, standingOf } from "../../../words/shared-text.ts";
import type { Spans } from "../../../guide/rich-text.ts";
import type { Alert } from "../../../alert/alert.ts";
import { hasResponse } from "../../../alert/reminders-off.ts";
import type { Delivery, Shown } from "../../../outbox/message.ts";
import { calledPeople } from "../../../words/alert-facts.ts";
import { alertLine } from "../../../words/alert-line.ts";
import { countTexts } from "../../../words/group-text.ts";
import { waitedText } from "../../../words/reply-text.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { alertsWorstFirst } from "../../../words/worst-first.ts";
import { alertMessage } from "../alert/alert-view.ts";
import { manyButtons } from "../alert/many-buttons.ts";
import type { ChannelMessage } from "../../kit/channel-message.ts";
import { linkTo, type Links } from "../../kit/links.ts";
import { listMessage } from "../list-message.ts";

/**
 * Escalated alerts, for on-call: one alert in full, or a list of many with their shared cause and steps.
 * @param renews true when renewals from Slack are on
 */
export function escalationMessage(
  { message, alerts }: Delivery,
  timezone: string,
  links: Links,
  renews: boolean,
): ChannelMessage {
  const [only, ...others] = alerts;
  if (only !== undefined && others.length === 0) return oneMessage(only, message.createdAt, timezone, links, renews);
  const homes = new Map(alerts.map((shown) => [shown.alert, shown]));
  const sorted = alertsWorstFirst([...homes.keys()]);
  const open = sorted.filter(({ resolvedAt }) => resolvedAt === null);
  const { lists } = words;
  return listMessage(
    {
      standing: standingOf(sorted),
      headline: listHeadline(sorted, (standing) => lists.escalatedMany(standing, sorted.length)),
      calls: open.flatMap(calledPeople),
      paragraphs: [[...askText(sorted, open), ...countTexts(sorted, open)], ...sameForAll(open, renews)],
      list: sorted,
      lineOf: (alert) =>
        sentences(alertLine(alert), ...remarks(alert, message.createdAt), placeSentence(homes.get(alert), links)),
      small: [],
      buttons: manyButtons(message.id, open, renews),
    },
    timezone,
  );
}

function oneMessage(shown: Shown, at: Date, timezone: string, links: Links, renews: boolean): ChannelMessage {
  const { alert } = shown;
  const { lists } = words;
  const isNews = isWaiting(alert) || isEased(alert);
  const why = (isNews ? lists.escalatedOne : lists.wasEscalated)(waitedText(alert, at), placeText(shown, links));
  // Without a link, this message is the only way to the steps.
  const isBrief = linkOf(shown, links) !== undefined;
  const ask = isWaiting(alert) ? lists.pleaseTake : isEased(alert) ? lists.warningNow : takenText(alert);
  // The reason already says that nobody responded.
  return alertMessage({ ...alert, escalatedAt: null }, timezone, { why: [sentences(why, ask)], isBrief }, renews);
}

/** An alert that is over no longer shows its responses, so this line names the person. */
function takenText({ resolvedAt, acknowledged }: Alert): Spans {
  return resolvedAt === null || acknowledged === null ? [] : words.alerts.taken(acknowledged.by, acknowledged.at);
}

/** Only a critical alert without a response asks people to act. */
function askText(alerts: readonly Alert[], open: readonly Alert[]): readonly Spans[] {
  const { lists } = words;
  const waiting = alerts.filter(isWaiting).length;
  if (waiting > 0) return [lists.waiting(waiting, alerts.length)];
  if (open.length === 0) return [];
  return [open.every(hasResponse) ? lists.allResponded : lists.noneWaits];
}

function remarks(alert: Alert, at: Date): readonly Spans[] {
  const { lists } = words;
  if (isWaiting(alert)) return [lists.noResponse(waitedText(alert, at))];
  return isEased(alert) ? [lists.warningNow] : [];
}

/** The alert is still critical, and nobody has responded. */
function isWaiting(alert: Alert): boolean {
  return alert.resolvedAt === null && alert.severity === "critical" && !hasResponse(alert);
}

/** The alert was critical when it escalated. It is a warning now, and nobody has responded. */
function isEased(alert: Alert): boolean {
  return alert.resolvedAt === null && alert.severity === "warning" && !hasResponse(alert);
}

function placeSentence(shown: Shown | undefined, links: Links): Spans {
  return words.lists.inPlace(placeText(shown, links));
}

function linkOf({ home }: Shown, links: Links): string | undefined {
  return home === null ? undefined : linkTo(links, home);
}

/** The channel of the alert's own message, with a link to the message once Slack's address is known. */
function placeText(shown: Shown | undefined, links: Links): Spans {
  const { lists } = words;
  if (shown === undefined) return lists.itsChannel;
  const place = lists.place(shown.home?.channel ?? shown.alert.card.channel);
  const link = linkOf(shown, links);
  return link === undefined ? place : lists.placeWithLink(place, link);
}
