// group/ builds the one message for many alerts of one cause in a channel. Its sentences are in words/.
import type { Alert } from "../../../alert/alert.ts";
import { calledPeople } from "../../../words/alert-facts.ts";
import { alertLine } from "../../../words/alert-line.ts";
import { type GroupTimes, groupText } from "../../../words/group-text.ts";
import { alertsWorstFirst } from "../../../words/worst-first.ts";
import { manyButtons } from "../alert/many-buttons.ts";
import type { ChannelMessage } from "../../kit/channel-message.ts";
import { listMessage } from "../list-message.ts";

/** A group, with the data that its message needs. */
export interface ShownGroup extends GroupTimes {
  /** ID of the message. */
  readonly id: string;
}

/**
 * The message of a group, built anew for each edit.
 * @param renews true when renewals from Slack are on
 */
export function groupMessage(
  group: ShownGroup,
  alerts: readonly Alert[],
  timezone: string,
  renews: boolean,
): ChannelMessage {
  const open = alertsWorstFirst(alerts.filter(({ resolvedAt }) => resolvedAt === null));
  const { standing, headline, impact, cause, steps, counts, times } = groupText(group, alerts, open, renews);
  return listMessage(
    {
      standing,
      headline,
      impact,
      calls: open.flatMap(calledPeople),
      paragraphs: [cause, steps, counts],
      list: open,
      lineOf: alertLine,
      small: times,
      buttons: manyButtons(group.id, open, renews),
    },
    timezone,
  );
}
