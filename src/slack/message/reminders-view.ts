import type { Alert } from "../../watch/alert.ts";
import type { Delivery, MessageRef } from "../../watch/message.ts";
import { answerWord, stateWord } from "../alert/alert-line.ts";
import { watchName } from "../alert/alert-text.ts";
import { isUrgent } from "../alert/facts.ts";
import { manyButtons } from "../alert/many-buttons.ts";
import { alertsWorstFirst } from "../alert/worst-first.ts";
import { LIMITS, lines, openLines } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import { type ChannelMessage, COLOURS } from "../channel-message.ts";
import { countLines } from "../group/group-words.ts";
import { linkTo, type Links } from "../links.ts";
import { callsTo } from "../mention.ts";
import { slackDate } from "../moment.ts";
import { overLine } from "./over-line.ts";

/** Alerts of one channel that nobody answered, a line each with a link to its message. */
export function remindersMessage({ message, alerts: shown }: Delivery, timezone: string, links: Links): ChannelMessage {
  const homes = new Map(shown.map(({ alert, home }) => [alert, home]));
  const alerts = alertsWorstFirst([...homes.keys()]);
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  const calls = callsTo(
    alerts.filter((alert) => isUrgent(alert) && !isAnswered(alert)).flatMap(({ card }) => [card.owner, card.oncall]),
  );
  const list = alerts.map((alert) => lineOf(alert, homes.get(alert) ?? null, timezone, links));
  const head =
    open.length === 0
      ? [overLine(alerts)]
      : [`${calls}${openTitle(open, alerts)}`, ...countLines(alerts, open, timezone)];
  const critical = open.some(({ severity }) => severity === "critical");
  const colour = open.length === 0 ? COLOURS.over : critical ? COLOURS.critical : COLOURS.warning;
  const room = LIMITS.messageText - head.join("\n").length - 1;
  return {
    text: [...head, ...boundedList(list, room)].join("\n"),
    blocks: openLines(head),
    attachments: [
      {
        color: colour,
        fallback: "The alerts",
        blocks: [...lines(boundedList(list, LIMITS.messageBlocksText / 2)), ...manyButtons(message.id, open)],
      },
    ],
  };
}

/** Somebody took it meanwhile, or wants no reminder. */
function isAnswered({ acknowledged, snoozed }: Alert): boolean {
  return acknowledged !== null || snoozed !== null;
}

/** "Still not fixed: 2 of 3 alerts." */
function openTitle(open: readonly Alert[], { length }: readonly Alert[]): string {
  const alerts = `${length} ${length === 1 ? "alert" : "alerts"}`;
  return `Still not fixed: ${open.length === length ? alerts : `${open.length} of ${alerts}`}.`;
}

/** "• *orders-prod*: revoked, open since 22 Nov 2026. See what to do." */
function lineOf(alert: Alert, home: MessageRef | null, timezone: string, links: Links): string {
  const start = `• ${watchName(alert)}: ${stateWord(alert)}${answerWord(alert)}`;
  if (alert.resolvedAt !== null) return `${start}.`;
  const link = home === null ? undefined : linkTo(links, home);
  const see = link === undefined ? "" : ` <${link}|See what to do>.`;
  return `${start}, open since ${slackDate(alert.openedAt, timezone)}.${see}`;
}
