import type { ModalView } from "@slack/types";
import type { Group } from "../../watch/group.ts";
import { snoozeForm } from "../alert/snooze-view.ts";
import { GROUP_SNOOZE_FORM } from "./ids.ts";

/** The form of a whole group. */
export const groupSnoozeView = ({ id }: Group, open: number, now: Date, timezone: string): ModalView =>
  snoozeForm(
    {
      title: "Snooze all",
      about: `No reminders of ${open === 1 ? "the open alert" : `the ${open} open alerts`} of this message until the time you choose. If one gets worse, its snooze ends. It takes the place of earlier ones.`,
      current: undefined,
      callbackId: GROUP_SNOOZE_FORM,
      id,
    },
    now,
    timezone,
  );
