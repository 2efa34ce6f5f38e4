import type { ActionsBlock, Button } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import type { Group } from "../../watch/group.ts";
import { alertTopic } from "../alert/buttons.ts";
import { actions, button } from "../blocks.ts";
import { pageValue } from "../guide/page.ts";
import { deedValue, latestOf } from "./deed.ts";
import { GROUP } from "./ids.ts";

const acknowledging = ({ id }: Group, open: readonly Alert[]): readonly Button[] => {
  const last = latestOf(open.flatMap(({ acknowledged }) => acknowledged ?? []));
  return [
    ...(open.some(({ acknowledged }) => acknowledged === null)
      ? [
          button({
            id: GROUP.acknowledge,
            text: "Acknowledge all",
            value: id,
            label: "Acknowledge all: you deal with them, no more reminders",
            style: "primary",
          }),
        ]
      : []),
    ...(last === undefined
      ? []
      : [
          button({
            id: GROUP.unacknowledge,
            text: "Undo acknowledgement",
            value: deedValue({ group: id, at: last.at }),
            label: "Undo the latest acknowledgement, of all that it was for",
          }),
        ]),
  ];
};

const snoozing = ({ id }: Group, open: readonly Alert[]): readonly Button[] => {
  const last = latestOf(open.flatMap(({ snoozed }) => snoozed ?? []));
  const label = "Snooze all: no reminders until a time";
  return [
    button({ id: GROUP.snooze, text: "Snooze all…", value: id, label }),
    ...(last === undefined
      ? []
      : [
          button({
            id: GROUP.unsnooze,
            text: "End snooze",
            value: deedValue({ group: id, at: last.at }),
            label: "End the latest snooze, of all that it was for",
          }),
        ]),
  ];
};

/** What people can do about all of a group's open alerts at once; nothing once none is open. */
export const groupButtons = (
  group: Group,
  open: readonly Alert[],
  lead: Alert | undefined,
): readonly ActionsBlock[] => {
  if (lead === undefined) return [];
  const topic = alertTopic(lead);
  return [
    actions(
      ...acknowledging(group, open),
      ...snoozing(group, open),
      button({
        id: GROUP.check,
        text: "Check all now",
        value: group.id,
        label: "Check all now: looks at these tokens at once",
      }),
      ...(topic === undefined
        ? []
        : [
            button({
              id: GROUP.guide,
              text: "Open guide",
              value: pageValue(topic, lead.card.name),
              label: "Open guide: what to do about this",
            }),
          ]),
    ),
  ];
};
