import type { ActionsBlock, Button } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import { actions, button } from "../blocks.ts";
import { pageValue } from "../guide/page.ts";
import { alertTopic } from "./buttons.ts";
import { ALERT } from "./ids.ts";
import { targetValue } from "./target.ts";

/** What people can do about all open alerts of a message at once; nothing once none is open. */
export function manyButtons(message: string, open: readonly Alert[]): readonly ActionsBlock[] {
  const [lead] = open;
  if (lead === undefined) return [];
  const topic = alertTopic(lead);
  return [
    actions(
      ...acknowledging(message, open),
      ...snoozing(message, open),
      button({
        id: ALERT.check,
        text: "Check all now",
        value: valueOf(message),
        label: "Check all now: looks at these tokens at once",
      }),
      ...(topic === undefined
        ? []
        : [
            button({
              id: ALERT.guide,
              text: "Open guide",
              value: pageValue(topic, lead.card.name),
              label: "Open guide: what to do about this",
            }),
          ]),
    ),
  ];
}

/** The one that was last; undefined when there is none. */
export function latestOf<T extends { readonly at: Date }>(deeds: readonly T[]): T | undefined {
  return deeds.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
}

function valueOf(message: string, at?: Date): string {
  return targetValue({ kind: "message", id: message }, at);
}

function acknowledging(message: string, open: readonly Alert[]): readonly Button[] {
  const last = latestOf(open.flatMap(({ acknowledged }) => acknowledged ?? []));
  return [
    ...(open.some(({ acknowledged }) => acknowledged === null)
      ? [
          button({
            id: ALERT.acknowledge,
            text: "Acknowledge all",
            value: valueOf(message),
            label: "Acknowledge all: you deal with them, no more reminders",
            style: "primary",
          }),
        ]
      : []),
    ...(last === undefined
      ? []
      : [
          button({
            id: ALERT.unacknowledge,
            text: "Undo acknowledgement",
            value: valueOf(message, last.at),
            label: "Undo acknowledgement: the latest one, of all that it was for",
          }),
        ]),
  ];
}

function snoozing(message: string, open: readonly Alert[]): readonly Button[] {
  const last = latestOf(open.flatMap(({ snoozed }) => snoozed ?? []));
  return [
    button({
      id: ALERT.snooze,
      text: "Snooze all…",
      value: valueOf(message),
      label: "Snooze all: no reminders until a time",
    }),
    ...(last === undefined
      ? []
      : [
          button({
            id: ALERT.unsnooze,
            text: "End snooze",
            value: valueOf(message, last.at),
            label: "End snooze: the latest one, of all that it was for",
          }),
        ]),
  ];
}
