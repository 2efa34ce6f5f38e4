import type { ModalView } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import { modal, section } from "../blocks.ts";
import type { AlertAnswer } from "../deps.ts";
import { slackDate } from "../moment.ts";
import { COMMAND } from "../parse-command.ts";
import type { PrivateMessage } from "../request.ts";
import { watchName } from "./alert-text.ts";
import { personText } from "./response-text.ts";

/** What somebody asked of an alert. */
type Asked = "acknowledge" | "unacknowledge" | "snooze" | "unsnooze" | "check";

const first = ({ acknowledged }: Alert, by: string, timezone: string): string => {
  if (acknowledged === null) return "Nothing was changed. Please try again.";
  const at = slackDate(acknowledged.at, timezone);
  return acknowledged.by === by
    ? `You acknowledged it already, ${at}.`
    : `${personText(acknowledged.by)} was first and acknowledged it, ${at}.`;
};

/** Why nothing was changed, to the person who pressed; mrkdwn. */
export const unchangedText = (
  answer: Exclude<AlertAnswer, { readonly kind: "done" }>,
  asked: Asked,
  by: string,
  timezone: string,
): string => {
  if (answer.kind === "gone") return `This alert is not known here any more. See \`${COMMAND} status\`.`;
  const { alert } = answer;
  const name = watchName(alert);
  if (alert.resolvedAt !== null)
    return `${name}: this alert ended ${slackDate(alert.resolvedAt, timezone)}. Nothing was changed.`;
  switch (asked) {
    case "acknowledge":
      return `${name}: ${first(alert, by, timezone)}`;
    case "unacknowledge":
      return `${name}: it is not acknowledged any more, so there is nothing to undo.`;
    case "unsnooze":
      return `${name}: it is not snoozed any more, so there is nothing to end.`;
    case "snooze":
    case "check":
      return `${name}: nothing was changed. Please try again.`;
  }
};

const DONE = {
  acknowledge: "you acknowledged it. No more reminders unless it gets worse.",
  unacknowledge: "you took the acknowledgement back.",
  unsnooze: "you ended the snooze.",
} as const;

/** What was done, to the person who pressed where no message changes; mrkdwn. */
export const doneText = (alert: Alert, asked: keyof typeof DONE): string => `${watchName(alert)}: ${DONE[asked]}`;

/** A text in mrkdwn as a private answer. */
export const privateText = (text: string): PrivateMessage => ({ text, blocks: [section(text)] });

/** The same in the place of the form. */
export const privateView = (text: string): ModalView => modal("Alert", [section(text)]);
