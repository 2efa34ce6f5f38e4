import type { Alert } from "../../watch/alert.ts";
import type { Delivery, Shown } from "../../watch/message.ts";
import { alertLine } from "../alert/alert-line.ts";
import { watchName } from "../alert/alert-text.ts";
import { personText } from "../alert/response-text.ts";
import { waitedText } from "../alert/waited.ts";
import { alertsWorstFirst } from "../alert/worst-first.ts";
import { channelText } from "../channel-text.ts";
import type { ChannelMessage } from "../channel-message.ts";
import { linkTo, type Links } from "../links.ts";
import { manyElsewhere, oneElsewhere } from "./told-elsewhere.ts";

/** Escalated alerts, for on-call: one alert in full, or a list of many with the cause and the steps they share. */
export function escalationMessage({ message, alerts }: Delivery, timezone: string, links: Links): ChannelMessage {
  const [only, ...others] = alerts;
  if (only !== undefined && others.length === 0) return oneMessage(only, message.createdAt, timezone, links);
  const homes = new Map(alerts.map((shown) => [shown.alert, shown]));
  const sorted = alertsWorstFirst([...homes.keys()]);
  const list = sorted.map((alert) => {
    const where = ` In ${placeText(homes.get(alert), links)}`;
    return `${alertLine(alert, timezone)}${where}${answerText(alert, message.createdAt)}.`;
  });
  const head = listHead(sorted);
  return manyElsewhere({ id: message.id, head: [head], alerts: sorted, lines: list }, timezone);
}

function listHead(alerts: readonly Alert[]): string {
  const waiting = alerts.filter(isWaiting).length;
  if (waiting > 0)
    return `Nobody answered ${waiting} critical ${waiting === 1 ? "alert" : "alerts"}. Please take over:`;
  const before = `Nobody had answered ${alerts.length} critical alerts.`;
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  if (open.length === 0) return before;
  // A warning may have no answer: it asks nobody to take over.
  return open.every(isAnswered)
    ? `${before} All of them are answered or over.`
    : `${before} None of them is critical and unanswered now.`;
}

function answerText(alert: Alert, at: Date): string {
  if (isWaiting(alert)) return `, unanswered${waitedText(alert, at)}`;
  return isEased(alert) ? ", a warning now" : "";
}

/** Somebody must take it over: it is still critical, and nobody has answered. */
function isWaiting(alert: Alert): boolean {
  return alert.resolvedAt === null && alert.severity === "critical" && !isAnswered(alert);
}

/** It was critical when it escalated. It is a warning now, and nobody has answered. */
function isEased(alert: Alert): boolean {
  return alert.resolvedAt === null && alert.severity === "warning" && !isAnswered(alert);
}

function isAnswered({ acknowledged, snoozed }: Alert): boolean {
  return acknowledged !== null || snoozed !== null;
}

function oneMessage(shown: Shown, at: Date, timezone: string, links: Links): ChannelMessage {
  const { alert } = shown;
  const where = placeText(shown, links);
  // The head says already that nobody had answered.
  return oneElsewhere([headText(alert, where, at)], { ...alert, escalatedAt: null }, timezone);
}

function headText(alert: Alert, where: string, at: Date): string {
  const { resolvedAt, acknowledged, snoozed } = alert;
  const before = `Nobody had answered in ${where}.`;
  const name = watchName(alert);
  if (resolvedAt !== null) return before;
  if (acknowledged !== null) return `Taken by ${personText(acknowledged.by)}: ${name}. ${before}`;
  if (snoozed !== null) return `Snoozed by ${personText(snoozed.by)}: ${name}. ${before}`;
  if (isEased(alert)) return `A warning now: ${name}. ${before}`;
  return `Nobody answered${waitedText(alert, at)} in ${where}: ${name}. Please take over:`;
}

function placeText(shown: Shown | undefined, links: Links): string {
  if (shown === undefined) return "its channel";
  const channel = channelText(shown.home?.channel ?? shown.alert.card.channel);
  const link = shown.home === null ? undefined : linkTo(links, shown.home);
  return link === undefined ? channel : `${channel} (<${link}|see the message>)`;
}
