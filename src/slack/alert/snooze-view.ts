import type { ModalView } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import { context, LIMITS, modal, option, plain, section } from "../blocks.ts";
import { watchName } from "./alert-text.ts";
import { SNOOZE_FORM, SNOOZE_REASON, SNOOZE_UNTIL } from "./ids.ts";
import { LONGEST_REASON, snoozedText } from "./response-text.ts";
import { snoozeTimes } from "./snooze-times.ts";

/** Until when, and why: the others read the reason in the alert. */
export const snoozeView = (alert: Alert, now: Date, timezone: string): ModalView => ({
  ...modal(
    "Snooze this alert",
    [
      section(`No reminders of ${watchName(alert)} until the time you choose. If it gets worse, the snooze ends.`),
      ...(alert.snoozed === null ? [] : [context(`${snoozedText(alert.snoozed, timezone)}\nYours takes its place.`)]),
      {
        type: "input",
        block_id: SNOOZE_UNTIL,
        label: plain("For how long", LIMITS.placeholder),
        element: {
          type: "radio_buttons",
          action_id: SNOOZE_UNTIL,
          options: snoozeTimes(now, timezone).map(({ text, value }) => option(text, value)),
        },
      },
      {
        type: "input",
        block_id: SNOOZE_REASON,
        label: plain("Reason", LIMITS.placeholder),
        hint: plain("Everyone in the channel reads it. Never put a token here.", LIMITS.placeholder),
        element: {
          type: "plain_text_input",
          action_id: SNOOZE_REASON,
          multiline: false,
          max_length: LONGEST_REASON,
        },
      },
    ],
    "Cancel",
  ),
  callback_id: SNOOZE_FORM,
  private_metadata: alert.id,
  submit: plain("Snooze", LIMITS.title),
});
