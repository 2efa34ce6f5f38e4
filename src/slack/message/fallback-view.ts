import type { Alert } from "../../watch/alert.ts";
import type { Delivery, MessageBody } from "../../watch/message.ts";
import { alertLine } from "../alert/alert-line.ts";
import { watchName } from "../alert/alert-text.ts";
import { alertsWorstFirst } from "../alert/worst-first.ts";
import { channelText } from "../channel-text.ts";
import type { ChannelMessage } from "../channel-message.ts";
import { literal } from "../mrkdwn.ts";
import { manyElsewhere, oneElsewhere } from "./told-elsewhere.ts";

type Fallback = Extract<MessageBody, { readonly kind: "fallback" }>;

/**
 * Alerts that their channel refused, sent to a place that works: one alert in full, or a list of many. The text stays
 * true after later edits, when the channel may work again, so it speaks of the refusal as past.
 */
export function fallbackMessage(
  { message, alerts: shown }: Delivery,
  body: Fallback,
  timezone: string,
): ChannelMessage {
  const alerts = alertsWorstFirst(shown.map(({ alert }) => alert));
  const [only, ...others] = alerts;
  const channel = channelText(body.channel);
  const error = errorText(body);
  if (only !== undefined && others.length === 0) {
    const again = lasts(only) ? `Still not fixed: ${watchName(only)}. ` : "";
    return oneElsewhere(
      [`${again}The channel ${channel} refused this alert (${error}), so it was sent here.`],
      only,
      timezone,
    );
  }
  const count = `${alerts.length} alerts`;
  const again = alerts.every(lasts) ? `Still not fixed: ${count}. ` : "";
  const lines = alerts.map((alert) => alertLine(alert, timezone));
  const head = [`${again}The channel ${channel} refused ${count} (${error}), so they were sent here.`];
  return manyElsewhere({ id: message.id, head, alerts, lines }, timezone);
}

const LONGEST_ERROR = 120;

/** As the notifier keeps it, "word (what to do)", with the word in front: "not_in_channel: invite the bot". */
function errorText({ error }: Fallback): string {
  return literal(error.replace(/^([a-z_]+) \((.+)\)$/, "$1: $2"), LONGEST_ERROR);
}

/** People were told of it before: this is no news, but that it lasts. */
function lasts({ resolvedAt, spokeAt, openedAt }: Alert): boolean {
  return resolvedAt === null && spokeAt > openedAt;
}
