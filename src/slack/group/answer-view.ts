import type { GroupAnswer } from "../deps.ts";
import { COMMAND } from "../parse-command.ts";

const UNCHANGED = {
  acknowledge: "Somebody was first: all of them are acknowledged already.",
  unacknowledge: "They are not acknowledged so any more: there is nothing to undo.",
  snooze: "Nothing was changed. Please try again.",
  unsnooze: "They are not snoozed so any more: there is nothing to end.",
  check: "Nothing was changed. Please try again.",
} as const;

/** Why nothing was changed, to the person who pressed; mrkdwn. */
export const unchangedGroupText = (
  answer: Exclude<GroupAnswer, { readonly kind: "done" }>,
  asked: keyof typeof UNCHANGED,
): string => {
  if (answer.kind === "gone") return `These alerts are not known here any more. See \`${COMMAND} status\`.`;
  return answer.open === 0
    ? "All of these alerts ended, or have a message of their own. Nothing was changed."
    : UNCHANGED[asked];
};
