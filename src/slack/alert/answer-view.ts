import type { ModalView } from "@slack/types";
import type { Alert } from "../../watch/alert.ts";
import type { Target, Targeted } from "../../watch/ports.ts";
import { modal, section } from "../blocks.ts";
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

/** What was pressed, and what the store knows of it; undefined: nothing. */
export interface Answered {
  readonly target: Target;
  readonly found: Pick<Targeted, "alerts"> | undefined;
}

/** Why nothing was changed, to the person who pressed; mrkdwn. */
export const unchangedText = ({ target, found }: Answered, asked: Asked, by: string, timezone: string): string => {
  const [alert] = found?.alerts ?? [];
  if (target.kind === "message") {
    if (found === undefined) return `These alerts are not known here any more. See \`${COMMAND} status\`.`;
    return alert === undefined
      ? "All of these alerts ended, or have a message of their own. Nothing was changed."
      : UNCHANGED_MANY[asked];
  }
  if (alert === undefined) return `This alert is not known here any more. See \`${COMMAND} status\`.`;
  return unchangedAlertText(alert, asked, by, timezone);
};

const UNCHANGED_MANY: Readonly<Record<Asked, string>> = {
  acknowledge: "Somebody was first: all of them are acknowledged already.",
  unacknowledge: "Somebody took this acknowledgement back already: there is nothing to undo.",
  snooze: "Nothing was changed. Please try again.",
  unsnooze: "This snooze is over already: there is nothing to end.",
  check: "Nothing was changed. Please try again.",
};

const unchangedAlertText = (alert: Alert, asked: Asked, by: string, timezone: string): string => {
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

/** A text in mrkdwn as a private answer. */
export const privateText = (text: string): PrivateMessage => ({ text, blocks: [section(text)] });

/** The same in the place of the form. */
export const privateView = (text: string): ModalView => modal("Alert", [section(text)]);
