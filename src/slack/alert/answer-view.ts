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

const TRY_AGAIN = "Nothing was changed. Please try again.";

const first = ({ acknowledged }: Alert, by: string, timezone: string): string => {
  if (acknowledged === null) return TRY_AGAIN;
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
    // Also true of a group whose alerts have other messages now.
    if (alert === undefined) return "None of the alerts in this message is open now. Nothing was changed.";
    return asked === "acknowledge" ? allAcknowledgedText(found.alerts, by) : UNCHANGED_MANY[asked];
  }
  if (alert === undefined) return `This alert is not known here any more. See \`${COMMAND} status\`.`;
  return unchangedAlertText(alert, asked, by, timezone);
};

const UNCHANGED_MANY: Readonly<Record<Exclude<Asked, "acknowledge">, string>> = {
  unacknowledge: "None of these alerts has this acknowledgement any more, so there is nothing to undo.",
  snooze: TRY_AGAIN,
  unsnooze: "None of these alerts has this snooze any more, so there is nothing to end.",
  check: TRY_AGAIN,
};

/** People named as having acknowledged. */
const MOST_PEOPLE = 5;

/** "All of them are acknowledged already, by you, <@U1>." */
const allAcknowledgedText = (alerts: readonly Alert[], by: string): string => {
  if (alerts.some(({ acknowledged }) => acknowledged === null)) return TRY_AGAIN;
  const people = [...new Set(alerts.flatMap(({ acknowledged }) => acknowledged?.by ?? []))];
  const others = people.filter((person) => person !== by).map(personText);
  const named = [...(people.includes(by) ? ["you"] : []), ...others].slice(0, MOST_PEOPLE);
  return `All of them are acknowledged already, by ${named.join(", ")}.`;
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
