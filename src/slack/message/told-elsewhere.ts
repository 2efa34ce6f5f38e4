import type { Alert } from "../../watch/alert.ts";
import { alertCalls, alertLines, alertWords } from "../alert/alert-text.ts";
import { alertAttachment } from "../alert/alert-view.ts";
import { manyButtons } from "../alert/many-buttons.ts";
import { isUrgent } from "../alert/facts.ts";
import { LIMITS, lines, openLines } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import { type ChannelMessage, COLOURS } from "../channel-message.ts";
import { callsTo } from "../mention.ts";
import { cutTo } from "../mrkdwn.ts";
import { countLines } from "../group/group-words.ts";
import { overLine } from "./over-line.ts";
import { sharedWords } from "./shared-words.ts";

/**
 * One alert told in another place than its own, whole and with its buttons.
 * @param head why it is told here; mrkdwn, a line each; first while it is open
 */
export const oneElsewhere = (head: readonly string[], alert: Alert, timezone: string): ChannelMessage => {
  const words = alertWords(alert, timezone);
  const calls = alertCalls(alert);
  const text = headed(head, alert, alertLines(alert, timezone)).join("\n");
  const [first, ...rest] = headed(head, alert, [...words.what, ...words.todo, ...words.responses]);
  return {
    text: cutTo(`${calls}${text}`, LIMITS.messageText),
    blocks: openLines([`${calls}${first}`, ...rest]),
    attachments: [alertAttachment(alert, words)],
  };
};

/** Once it is over, that comes first. */
const headed = (head: readonly string[], { resolvedAt }: Alert, said: readonly string[]): readonly string[] =>
  resolvedAt === null ? [...head, ...said] : [...said.slice(0, 1), ...head, ...said.slice(1)];

interface List {
  /** Id of the message. */
  readonly id: string;
  /** Why it is told here; mrkdwn, a line each. */
  readonly head: readonly string[];
  /** Worst first. */
  readonly alerts: readonly Alert[];
  /** A line for each alert, in the same order. */
  readonly lines: readonly string[];
}

/**
 * Many alerts told in another place, as a list: what they share in words, how many are taken or fixed, and buttons for
 * all of them. Each has its own message elsewhere.
 */
export const manyElsewhere = ({ id, head: why, alerts, lines: list }: List, timezone: string): ChannelMessage => {
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  const head = open.length === 0 ? [overLine(alerts), ...why] : [...why, ...countLines(alerts, open, timezone)];
  const calls = callsTo(alerts.filter(isUrgent).flatMap(({ card }) => [card.owner, card.oncall]));
  const [first, ...rest] = [...head, ...sharedWords(alerts, timezone)];
  const before = [`${calls}${first}`, ...rest];
  const critical = open.some(({ severity }) => severity === "critical");
  const colour = open.length === 0 ? COLOURS.over : critical ? COLOURS.critical : COLOURS.warning;
  return {
    text: [...before, ...boundedList(list, LIMITS.messageText - before.join("\n").length)].join("\n"),
    blocks: openLines(before),
    attachments: [
      {
        color: colour,
        fallback: "The alerts",
        blocks: [...lines(boundedList(list, LIMITS.messageBlocksText / 2)), ...manyButtons(id, open)],
      },
    ],
  };
};
