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

/** Alerts whose channel refuses them, told where somebody reads: one whole, or a list of many. */
export function fallbackMessage(
  { message, alerts: shown }: Delivery,
  body: Fallback,
  timezone: string,
): ChannelMessage {
  const alerts = alertsWorstFirst(shown.map(({ alert }) => alert));
  const [only, ...others] = alerts;
  const refusal = refusalText(body);
  if (only !== undefined && others.length === 0) {
    const again = lasts(only) ? `Still not fixed: ${watchName(only)}. ` : "";
    return oneElsewhere([`${again}${refusal} Until it does, this is told here.`], only, timezone);
  }
  const again = alerts.every(lasts) ? "Still not fixed: " : "";
  const lines = alerts.map((alert) => alertLine(alert, timezone));
  const head = [`${again}${alerts.length} alerts could not be told where they belong, so they are told here.`, refusal];
  return manyElsewhere({ id: message.id, head, alerts, lines }, timezone);
}

const LONGEST_ERROR = 120;

/** As the notifier keeps it, "word (what to do)", with the word in front: "not_in_channel: invite the bot". */
function refusalText({ channel, error }: Fallback): string {
  const text = literal(error.replace(/^([a-z_]+) \((.+)\)$/, "$1: $2"), LONGEST_ERROR);
  return `The channel ${channelText(channel)} does not take alerts (${text}).`;
}

/** People were told of it before: this is no news, but that it lasts. */
function lasts({ resolvedAt, spokeAt, openedAt }: Alert): boolean {
  return resolvedAt === null && spokeAt > openedAt;
}
