import type { ActionsBlock, Button } from "@slack/types";
import type { Alert } from "../../../alert/alert.ts";
import { latestOf } from "../../../words/group-text.ts";
import { words } from "../../../words/words.ts";
import { actions, button } from "../../kit/blocks.ts";
import { alertTopic, guideButton } from "./buttons.ts";
import { ALERT } from "./ids.ts";
import { targetValue } from "./target.ts";

/** Buttons that act on all open alerts of a message at once. None when no alert is open. */
export function manyButtons(message: string, open: readonly Alert[]): readonly ActionsBlock[] {
  const [lead] = open;
  if (lead === undefined) return [];
  return [
    actions(
      ...acknowledging(message, open),
      ...snoozing(message, open),
      button({ id: ALERT.check, ...words.buttons.checkAll, value: valueOf(message) }),
      ...guideButton(alertTopic(lead), lead.card.name),
    ),
  ];
}

function valueOf(message: string, at?: Date): string {
  return targetValue({ kind: "message", id: message }, at);
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
