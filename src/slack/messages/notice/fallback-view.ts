import type { Alert } from "../../../alert/alert.ts";
import type { Delivery, MessageBody } from "../../../outbox/message.ts";
import { calledPeople } from "../../../words/alert-facts.ts";
import { alertLine } from "../../../words/alert-line.ts";
import { countTexts } from "../../../words/group-text.ts";
import { listHeadline, sameForAll, standingOf } from "../../../words/shared-text.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { alertsWorstFirst } from "../../../words/worst-first.ts";
import { alertMessage } from "../alert/alert-view.ts";
import { manyButtons } from "../alert/many-buttons.ts";
import type { ChannelMessage } from "../../kit/channel-message.ts";
import { listMessage } from "../list-message.ts";

/**
 * Alerts that their channel refused, sent to a place that works: one alert in full, or a list of many. Later edits may
 * happen when the channel works again, so the text speaks of the refusal in the past tense.
 * @param renews true when renewals from Slack are on
 */
export function fallbackMessage(
  { message, alerts: shown }: Delivery,
  body: Fallback,
  timezone: string,
  renews: boolean,
): ChannelMessage {
  const { lists } = words;
  const alerts = alertsWorstFirst(shown.map(({ alert }) => alert));
  const [only, ...others] = alerts;
  const place = lists.place(body.channel);
  const again = alerts.every(lasts) ? lists.stillNotFixed : [];
  if (only !== undefined && others.length === 0) {
    const why = [sentences(again, lists.refusedOne(place, errorText(body)))];
    return alertMessage(only, timezone, { why }, renews);
  }
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  return listMessage(
    {
      standing: standingOf(alerts),
      headline: listHeadline(alerts, (standing) => lists.refusedMany(standing, alerts.length)),
      calls: open.flatMap(calledPeople),
      paragraphs: [
        [sentences(again, lists.refused(place, errorText(body))), ...countTexts(alerts, open)],
        ...sameForAll(open, renews),
      ],
      list: alerts,
      lineOf: alertLine,
      small: [],
      buttons: manyButtons(message.id, open, renews),
    },
    timezone,
  );
}

type Fallback = Extract<MessageBody, { readonly kind: "fallback" }>;

/** The notifier stores "code (what to do)". This puts a colon after the code: "not_in_channel: invite the bot". */
function errorText({ error }: Fallback): string {
  return error.replace(/^([a-z_]+) \((.+)\)$/, "$1: $2");
}

/** True when people already know about the problem, and the news is only that it continues. */
function lasts({ resolvedAt, spokeAt, openedAt }: Alert): boolean {
  return resolvedAt === null && spokeAt > openedAt;
}
