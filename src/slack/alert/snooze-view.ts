import type { ModalView } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import { context, LIMITS, modal, option, plain, section } from "../blocks.ts";
import { watchName } from "./alert-text.ts";
import { SNOOZE_FORM, SNOOZE_REASON, SNOOZE_UNTIL } from "./ids.ts";
import { LONGEST_REASON, snoozedText } from "./response-text.ts";
import { snoozeTimes } from "./snooze-times.ts";

interface SnoozeForm {
  readonly title: string;
  /** What it is about; mrkdwn. */
  readonly about: string;
  /** Whose place this one takes; mrkdwn. */
  readonly current: string | undefined;
  readonly callbackId: string;
  /** The id of what is snoozed. */
  readonly id: string;
}

/** Until when, and why: the others read the reason in the channel. */
export const snoozeForm = (form: SnoozeForm, now: Date, timezone: string): ModalView => ({
  ...modal(
    form.title,
    [
      section(form.about),
      ...(form.current === undefined ? [] : [context(form.current)]),
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
        hint: plain(
          "Others read it: in the channel, in status and in the Home. Never put a token here.",
          LIMITS.placeholder,
        ),
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
  callback_id: form.callbackId,
  private_metadata: form.id,
  submit: plain("Snooze", LIMITS.title),
});

/** The form of one alert. */
export const snoozeView = (alert: Alert, now: Date, timezone: string): ModalView =>
  snoozeForm(
    {
      title: "Snooze this alert",
      about: `No reminders of ${watchName(alert)} until the time you choose. If it gets worse, the snooze ends.`,
      current: alert.snoozed === null ? undefined : `${snoozedText(alert.snoozed, timezone)}\nYours takes its place.`,
      callbackId: SNOOZE_FORM,
      id: alert.id,
    },
    now,
    timezone,
  );
