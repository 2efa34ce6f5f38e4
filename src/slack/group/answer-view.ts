import type { GroupAnswer } from "../deps.ts";
import { COMMAND } from "../parse-command.ts";

/** Why nothing was changed, to the person who pressed; mrkdwn. */
export const unchangedGroupText = (
  answer: Exclude<GroupAnswer, { readonly kind: "done" }>,
  asked: "acknowledge" | "snooze",
): string => {
  if (answer.kind === "gone") return `These alerts are not known here any more. See \`${COMMAND} status\`.`;
  if (answer.open === 0) return "All of these alerts ended, or have a message of their own. Nothing was changed.";
  return asked === "acknowledge"
    ? "Somebody was first: all of them are acknowledged already."
    : "Nothing was changed. Please try again.";
};
