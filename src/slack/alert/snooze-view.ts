import type { ModalView } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import type { Target } from "../../watch/ports.ts";
import { context, LIMITS, modal, option, plain, section } from "../blocks.ts";
import { watchName } from "./alert-text.ts";
import { SNOOZE_FORM, SNOOZE_REASON, SNOOZE_UNTIL } from "./ids.ts";
import { LONGEST_REASON, snoozedText } from "./response-text.ts";
import { snoozeTimes } from "./snooze-times.ts";
import { targetValue } from "./target.ts";

/**
 * Until when, and why: the others read the reason in the channel.
 * @param open the open alerts of the target, at least one
 */
export const snoozeView = (target: Target, open: readonly Alert[], now: Date, timezone: string): ModalView =>
  snoozeForm(target.kind === "alert" ? aboutOne(open, timezone) : aboutMany(open), target, now, timezone);

interface About {
  readonly title: string;
  /** mrkdwn. */
  readonly about: string;
  /** Whose place this one takes; mrkdwn. */
  readonly current: string | undefined;
}

const aboutOne = ([alert]: readonly Alert[], timezone: string): About => ({
  title: "Snooze this alert",
  about: `No reminders of ${alert === undefined ? "it" : watchName(alert)} until the time you choose. If it gets worse, the snooze ends.`,
  current: alert?.snoozed ? `${snoozedText(alert.snoozed, timezone)}\nYours takes its place.` : undefined,
});

const aboutMany = (open: readonly Alert[]): About => ({
  title: "Snooze all",
  about: `No reminders of ${open.length === 1 ? "the open alert" : `the ${open.length} open alerts`} of this message until the time you choose. If one gets worse, its snooze ends. It takes the place of earlier ones.`,
  current: undefined,
});

const snoozeForm = (form: About, target: Target, now: Date, timezone: string): ModalView => ({
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
  callback_id: SNOOZE_FORM,
  private_metadata: targetValue(target),
  submit: plain("Snooze", LIMITS.title),
});
