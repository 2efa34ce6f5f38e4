import type { ModalView } from "@slack/types";
import type { Spans } from "../../../guide/rich-text.ts";
import type { Alert } from "../../../alert/alert.ts";
import type { Target } from "../../../watch/ports.ts";
import { LONGEST_REASON } from "../../../alert/respond.ts";
import { named } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { context, LIMITS, modal, option, plain, section } from "../../kit/blocks.ts";
import { inSlack } from "../../kit/spans.ts";
import { SNOOZE_FORM, SNOOZE_REASON, SNOOZE_UNTIL } from "./ids.ts";
import { snoozeTimes } from "./snooze-times.ts";
import { targetValue } from "./target.ts";

/**
 * The form for the end and the reason of a snooze. Other people read the reason in the channel.
 * @param open the open alerts of the target, at least one
 */
export function snoozeView(target: Target, open: readonly Alert[], now: Date, timezone: string): ModalView {
  const { snoozeForm } = words;
  const say = inSlack(timezone);
  const { title, about, current } = target.kind === "alert" ? aboutOne(open) : aboutMany(open);
  return {
    ...modal(
      title,
      [
        section(say(about)),
        ...(current.length === 0 ? [] : [context(current.map(say).join("\n"))]),
        {
          type: "input",
          block_id: SNOOZE_UNTIL,
          label: plain(snoozeForm.howLong, LIMITS.placeholder),
          element: {
            type: "radio_buttons",
            action_id: SNOOZE_UNTIL,
            options: snoozeTimes(now, timezone).map(({ text, value }) => option(text, value)),
          },
        },
        {
          type: "input",
          block_id: SNOOZE_REASON,
          label: plain(snoozeForm.reason, LIMITS.placeholder),
          hint: plain(snoozeForm.reasonHint, LIMITS.placeholder),
          element: {
            type: "plain_text_input",
            action_id: SNOOZE_REASON,
            multiline: false,
            max_length: LONGEST_REASON,
          },
        },
      ],
      snoozeForm.cancel,
    ),
    callback_id: SNOOZE_FORM,
    private_metadata: targetValue(target),
    submit: plain(snoozeForm.snooze, LIMITS.title),
  };
}

interface About {
  readonly title: string;
  readonly about: Spans;
  /** The current snooze, which the new one replaces. */
  readonly current: readonly Spans[];
}

function aboutOne([alert]: readonly Alert[]): About {
  const { alerts, snoozeForm } = words;
  const snoozed = alert?.snoozed ?? null;
  return {
    title: snoozeForm.titleOne,
    about: snoozeForm.aboutOne(named(alert?.card.name ?? "")),
    current: snoozed === null ? [] : [alerts.snoozed(snoozed.by, snoozed.until, snoozed.reason), snoozeForm.replaces],
  };
}

function aboutMany(open: readonly Alert[]): About {
  const { snoozeForm } = words;
  return { title: snoozeForm.titleAll, about: snoozeForm.aboutAll(open.length), current: [] };
}
