import type { Alert } from "../../watch/alert.ts";
import { alertCalls, alertLines, alertWords } from "../alert/alert-text.ts";
import { alertAttachment } from "../alert/alert-view.ts";
import { isUrgent } from "../alert/facts.ts";
import { LIMITS, lines, openLines } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import { type ChannelMessage, COLOURS } from "../channel-message.ts";
import { callsTo } from "../mention.ts";
import { cutTo } from "../mrkdwn.ts";
import { listedButtons } from "./buttons.ts";
import { sharedWords } from "./shared-words.ts";

/**
 * One alert told in another place than its own, whole and with its buttons.
 * @param head why it is told here; mrkdwn, a line each
 */
export const oneElsewhere = (head: readonly string[], alert: Alert, timezone: string): ChannelMessage => {
  const words = alertWords(alert, timezone);
  const calls = alertCalls(alert);
  const text = [...head, ...alertLines(alert, timezone)].join("\n");
  const [first, ...rest] = [...head, ...words.what, ...words.todo, ...words.responses];
  return {
    text: cutTo(`${calls}${text}`, LIMITS.messageText),
    blocks: openLines([`${calls}${first}`, ...rest]),
    attachments: [alertAttachment(alert, words)],
  };
};

/**
 * Many alerts told in another place, as a list: what they share in words, and buttons for all of them. Each has its own
 * message elsewhere.
 * @param list a line for each alert, worst first
 */
export const manyElsewhere = (
  head: readonly string[],
  alerts: readonly Alert[],
  list: readonly string[],
  timezone: string,
): ChannelMessage => {
  const calls = callsTo(alerts.filter(isUrgent).flatMap(({ card }) => [card.owner, card.oncall]));
  const [first, ...rest] = [...head, ...sharedWords(alerts, timezone)];
  const before = [`${calls}${first}`, ...rest];
  const critical = alerts.some(({ severity }) => severity === "critical");
  return {
    text: [...before, ...boundedList(list, LIMITS.messageText - before.join("\n").length)].join("\n"),
    blocks: openLines(before),
    attachments: [
      {
        color: critical ? COLOURS.critical : COLOURS.warning,
        fallback: "The alerts",
        blocks: [...lines(boundedList(list, LIMITS.messageBlocksText / 2)), ...listedButtons(alerts)],
      },
    ],
  };
};
