import type { ActionsBlock } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import { actions, button, LIMITS } from "../blocks.ts";
import { LISTED } from "./ids.ts";

const idsValue = (alerts: readonly Alert[]): string => alerts.map(({ id }) => id).join(" ");

/** The ids of alerts out of a button's value or a form's metadata. */
export const readIds = (value: string): readonly string[] => value.split(" ").filter((id) => id !== "");

/** What people can do about all open alerts of a list at once; nothing when there are more than a button can name. */
export const listedButtons = (alerts: readonly Alert[]): readonly ActionsBlock[] => {
  const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  const value = idsValue(open);
  if (open.length === 0 || value.length > LIMITS.buttonValue) return [];
  return [
    actions(
      button({
        id: LISTED.acknowledge,
        text: "Acknowledge all",
        value,
        label: "Acknowledge all: you deal with them, no more reminders",
        style: "primary",
      }),
      button({ id: LISTED.snooze, text: "Snooze all…", value, label: "Snooze all: no reminders until a time" }),
    ),
  ];
};
