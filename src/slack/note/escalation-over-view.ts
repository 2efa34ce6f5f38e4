import type { Alert } from "../../watch/alert.ts";
import { fixedWords, watchName } from "../alert/alert-text.ts";
import { personText, reasonText } from "../alert/response-text.ts";
import { alertsByName } from "../alert/worst-first.ts";
import { LIMITS } from "../blocks.ts";
import { boundedList } from "../bounded-list.ts";
import { channelText } from "../channel-text.ts";
import { type ChannelMessage, wordsOnly } from "../channel-message.ts";
import { slackDate } from "../moment.ts";
import { listed } from "../mrkdwn.ts";
import type { NoteOf } from "./note-of.ts";

/** Names of one sentence. */
const NAMES = 1_000;

/** A sentence around the names of those of which the same is to be said. */
interface Said {
  readonly start: string;
  /** After the names. */
  readonly end: string;
  /** Said of one alone. */
  readonly more: string;
}

const saidOf = (alert: Alert, timezone: string): Said => {
  const { resolvedAt, resolution, acknowledged, snoozed, card } = alert;
  const where = ` See ${channelText(card.channel)}.`;
  const said = (start: string, end: string, more = ""): Said => ({ start, end, more });
  if (resolvedAt !== null && resolution === "unwatched")
    return said("No longer watched", " left the watchlist. The problem may still be there.");
  if (resolvedAt !== null) {
    const how = resolution === "rotated" ? "Fixed, the token was replaced" : "Fixed";
    return said(how, `.${where}`, `${fixedWords(alert, timezone).join(" ")}${where}`);
  }
  if (acknowledged !== null)
    return said(`Acknowledged by ${personText(acknowledged.by)}, ${slackDate(acknowledged.at, timezone)}`, `.${where}`);
  if (snoozed === null) return said("Answered", `.${where}`);
  const until = slackDate(snoozed.until, timezone);
  // The reason stands last, because it ends as its author ended it.
  return said(`Snoozed by ${personText(snoozed.by)} until ${until}`, `.${where} Reason: ${reasonText(snoozed)}`);
};

/** "Acknowledged by <@U1>, 22 Nov 2026, 08:00 UTC (24): *shop-0*, *shop-1*… See #wa-alerts." */
const lineOf = (alerts: readonly Alert[], { start, end, more }: Said): string => {
  if (alerts.length === 1 && more !== "") return more;
  const names = listed(alertsByName(alerts).map(watchName), NAMES);
  return `${start}${alerts.length === 1 ? "" : ` (${alerts.length})`}: ${names}${end}`;
};

/** Tells those whom alerts went to that somebody answered, or that they are over: the same of many on one line. */
export const escalationOverMessage = (
  notes: readonly NoteOf<"escalation_over">[],
  timezone: string,
): ChannelMessage => {
  const told = notes.map(({ body: { alert } }) => ({ alert, said: saidOf(alert, timezone) }));
  const alike = Map.groupBy(told, ({ said: { start, end } }) => JSON.stringify([start, end]));
  const list = [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [
          lineOf(
            same.map(({ alert }) => alert),
            first.said,
          ),
        ];
  });
  return wordsOnly(boundedList(list, LIMITS.messageText).join("\n"));
};
