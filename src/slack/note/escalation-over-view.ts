import type { Alert } from "../../watch/alert.ts";
import { fixedWords, watchName } from "../alert/alert-text.ts";
import { personText, reasonText } from "../alert/response-text.ts";
import { LIMITS } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import { channelText } from "../channel-text.ts";
import { type ChannelMessage, wordsOnly } from "../channel-message.ts";
import { slackDate } from "../moment.ts";
import type { NoteOf } from "./note-of.ts";

const overLine = (alert: Alert, timezone: string): string => {
  const { resolvedAt, resolution, acknowledged, snoozed, card } = alert;
  const where = `See ${channelText(card.channel)}.`;
  if (resolvedAt !== null)
    return resolution === "unwatched"
      ? `No longer watched: ${watchName(alert)} left the watchlist. The problem may still be there.`
      : `${fixedWords(alert, timezone).join(" ")} ${where}`;
  const name = watchName(alert);
  if (acknowledged !== null)
    return `Acknowledged by ${personText(acknowledged.by)}, ${slackDate(acknowledged.at, timezone)}: ${name}. ${where}`;
  if (snoozed === null) return `Answered: ${name}. ${where}`;
  const until = slackDate(snoozed.until, timezone);
  // The reason stands last, because it ends as its author ended it.
  return `Snoozed by ${personText(snoozed.by)} until ${until}: ${name}. ${where} Reason: ${reasonText(snoozed)}`;
};

/** Tells those whom an alert went to that somebody answered, or that it is over. */
export const escalationOverMessage = (
  notes: readonly NoteOf<"escalation_over">[],
  timezone: string,
): ChannelMessage => {
  const list = notes.map(({ body }) => overLine(body.alert, timezone));
  return wordsOnly(boundedList(list, LIMITS.messageText).join("\n"));
};
