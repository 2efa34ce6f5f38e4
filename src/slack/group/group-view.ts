// group/ is the one message that stands for many alerts of one cause in a channel: its words, and what its thread is told.
// It builds on alert/, whose leading alert gives cause and advice, and whose buttons it has.
import type { Alert } from "../../watch/alert.ts";
import { alertLine } from "../alert/alert-line.ts";
import { isUrgent } from "../alert/facts.ts";
import { manyButtons } from "../alert/many-buttons.ts";
import { alertsWorstFirst } from "../alert/worst-first.ts";
import { context, LIMITS, lines, openLines } from "../blocks.ts";
import { type ChannelMessage, COLOURS } from "../channel-message.ts";
import { boundedList } from "../bounded-list.ts";
import { callsTo } from "../mention.ts";
import { type GroupTimes, groupWords } from "./group-words.ts";

/** Calls the owners of the open critical alerts and who is on call for them, each once. */
const callsFor = (alerts: readonly Alert[]): string =>
  callsTo(alerts.filter(isUrgent).flatMap(({ card }) => [card.owner, card.oncall]));

/** A group as its message shows it. */
export interface ShownGroup extends GroupTimes {
  /** Id of the message. */
  readonly id: string;
}

/** The one message of a group, built anew for each edit. */
export const groupMessage = (group: ShownGroup, alerts: readonly Alert[], timezone: string): ChannelMessage => {
  const open = alertsWorstFirst(alerts.filter(({ resolvedAt }) => resolvedAt === null));
  const [lead] = open;
  const calls = callsFor(open);
  const { what, todo, counts, times } = groupWords(group, alerts, open, timezone);
  const list = open.map((alert) => alertLine(alert, timezone));
  const [first, ...rest] = [...what, ...todo, ...counts];
  const before = [`${calls}${first}`, ...rest];
  const room = LIMITS.messageText - [...before, ...times].join("\n").length - 1;
  return {
    text: [...before, ...boundedList(list, room), ...times].join("\n"),
    blocks: openLines(before),
    attachments: [
      {
        color: lead === undefined ? COLOURS.over : COLOURS[lead.severity],
        fallback: "The alerts of this group",
        blocks: [
          ...lines(boundedList(list, LIMITS.messageBlocksText / 2)),
          context(...times),
          ...manyButtons(group.id, open),
        ],
      },
    ],
  };
};
