import type { ActionsBlock, Button, StaticSelect } from "@slack/types";
import type { Alert } from "../../../alert/alert.ts";
import { isSolvedByToken } from "../../../token/known.ts";
import { latestOf } from "../../../words/group-text.ts";
import { words } from "../../../words/words.ts";
import { actions, button, LIMITS, option, plain } from "../../kit/blocks.ts";
import { RENEWAL } from "../renewal/ids.ts";
import { alertTopic, guideButton, renewButton } from "./buttons.ts";
import { ALERT } from "./ids.ts";
import { targetValue } from "./target.ts";

/**
 * Buttons that act on all open alerts of a message at once, and a menu of those that a new token ends. None when no
 * alert is open.
 * @param open worst first
 * @param renews true when renewals from Slack are on
 */
export function manyButtons(message: string, open: readonly Alert[], renews: boolean): readonly ActionsBlock[] {
  const [lead] = open;
  if (lead === undefined) return [];
  return [
    actions(
      ...acknowledging(message, open),
      ...snoozing(message, open),
      button({ id: ALERT.check, ...words.buttons.checkAll, value: valueOf(message) }),
      ...(renews ? renewing(open) : []),
      ...guideButton(alertTopic(lead), lead.card.name),
    ),
  ];
}

function valueOf(message: string, at?: Date): string {
  return targetValue({ kind: "message", id: message }, at);
}

/** A menu takes a hundred watches, so it has the worst. Status leads to the others. */
function renewing(open: readonly Alert[]): readonly (Button | StaticSelect)[] {
  const names = [...new Set(open.filter(isSolvedByToken).map(({ card }) => card.name))];
  const [only, ...others] = names;
  if (only === undefined) return [];
  if (others.length === 0) return [renewButton(only)];
  return [
    {
      type: "static_select",
      action_id: RENEWAL.renew,
      placeholder: plain(words.renewal.buttons.renew.text, LIMITS.placeholder),
      options: names.slice(0, LIMITS.options).map((name) => option(name, name)),
    },
  ];
}

function acknowledging(message: string, open: readonly Alert[]): readonly Button[] {
  const { buttons } = words;
  const last = latestOf(open.flatMap(({ acknowledged }) => acknowledged ?? []));
  const isTaken = open.every(({ acknowledged }) => acknowledged !== null);
  return [
    ...(isTaken
      ? []
      : [button({ id: ALERT.acknowledge, ...buttons.acknowledgeAll, value: valueOf(message), style: "primary" })]),
    ...(last === undefined
      ? []
      : [button({ id: ALERT.unacknowledge, ...buttons.undoLatest, value: valueOf(message, last.at) })]),
  ];
}

function snoozing(message: string, open: readonly Alert[]): readonly Button[] {
  const { buttons } = words;
  const last = latestOf(open.flatMap(({ snoozed }) => snoozed ?? []));
  return [
    button({ id: ALERT.snooze, ...buttons.snoozeAll, value: valueOf(message) }),
    ...(last === undefined
      ? []
      : [button({ id: ALERT.unsnooze, ...buttons.endLatestSnooze, value: valueOf(message, last.at) })]),
  ];
}
