import type { Acknowledgement, Alert, Snooze } from "../../watch/alert.ts";
import { slackDate } from "../moment.ts";
import { literal } from "../mrkdwn.ts";

/** What the form takes, and the alert shows in full. */
export const LONGEST_REASON = 300;

/** A person by Slack id, as Slack shows them; an edit notifies nobody (chat.update, docs.slack.dev, read 2026-11). */
export const personText = (userId: string): string => `<@${literal(userId, 40)}>`;

export const reasonText = ({ reason }: Pick<Snooze, "reason">): string => literal(reason, LONGEST_REASON);

const acknowledgedText = ({ by, at }: Acknowledgement, timezone: string): string =>
  `Taken by ${personText(by)}, ${slackDate(at, timezone)}.`;

/** The reason stands last, because it ends as its author ended it. */
export const snoozedText = (snooze: Snooze, timezone: string): string =>
  `Snoozed by ${personText(snooze.by)} until ${slackDate(snooze.until, timezone)}: ${reasonText(snooze)}`;

/** Who had it checked by the button. */
export const checkedLine = ({ by, at }: NonNullable<Alert["checked"]>, timezone: string): string =>
  `Last checked by ${personText(by)}, ${slackDate(at, timezone)}.`;

/** Who has seen it, who wants to hear nothing until when and why, who looked, or that nobody answered; a line each. */
export const responseLines = (
  { acknowledged, snoozed, checked, escalatedAt }: Alert,
  timezone: string,
): readonly string[] => [
  ...(escalatedAt === null ? [] : [`Escalated ${slackDate(escalatedAt, timezone)}: nobody had answered.`]),
  ...(acknowledged === null ? [] : [acknowledgedText(acknowledged, timezone)]),
  ...(snoozed === null ? [] : [snoozedText(snoozed, timezone)]),
  ...(checked === null ? [] : [checkedLine(checked, timezone)]),
];
