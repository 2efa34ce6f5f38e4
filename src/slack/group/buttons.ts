import type { ActionsBlock } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import type { Group } from "../../watch/group.ts";
import { alertTopic } from "../alert/buttons.ts";
import { actions, button } from "../blocks.ts";
import { GROUP } from "./ids.ts";

/** What people can do about all of a group's open alerts at once; nothing once none is open. */
export const groupButtons = (
  { id }: Group,
  open: readonly Alert[],
  lead: Alert | undefined,
): readonly ActionsBlock[] => {
  if (lead === undefined) return [];
  const topic = alertTopic(lead);
  const waiting = open.some(({ acknowledged }) => acknowledged === null);
  return [
    actions(
      ...(waiting
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
      button({ id: GROUP.snooze, text: "Snooze all…", value: id, label: "Snooze all: no reminders until a time" }),
      ...(topic === undefined
        ? []
        : [button({ id: GROUP.guide, text: "Open guide", value: topic, label: "Guide: what to do about this" })]),
    ),
  ];
};
