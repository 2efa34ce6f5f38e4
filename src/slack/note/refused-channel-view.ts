import type { Alert } from "../../watch/alert.ts";
import { alertLine } from "../alert/alert-line.ts";
import { watchName } from "../alert/alert-text.ts";
import { alertsWorstFirst } from "../alert/worst-first.ts";
import { channelText } from "../channel-text.ts";
import type { ChannelMessage } from "../channel-message.ts";
import { literal } from "../mrkdwn.ts";
import type { NoteOf } from "./note-of.ts";
import { manyElsewhere, oneElsewhere } from "./told-elsewhere.ts";

type Refused = NoteOf<"refused_channel">;

const LONGEST_ERROR = 120;

/** Channels named in one message; more would push the alerts out. */
const MOST_CHANNELS = 5;

/** As the notifier keeps it, "word (what to do)", with the word in front: "not_in_channel: invite the bot". */
const errorText = (error: string): string => literal(error.replace(/^([a-z_]+) \((.+)\)$/, "$1: $2"), LONGEST_ERROR);

const refusalText = ({ body: { channel, error } }: Refused): string =>
  `The channel ${channelText(channel)} does not take alerts (${errorText(error)}).`;

/** What stands with them in a group that its channel refuses as a whole. */
const moreText = (more: number): string =>
  more === 0
    ? ""
    : ` ${more === 1 ? "One more alert waits" : `${more} more alerts wait`} with this: \`/wa-token status\`.`;

/** People were told of it before: this is no news, but that it lasts. */
const lasts = ({ resolvedAt, spokeAt, openedAt }: Alert): boolean => resolvedAt === null && spokeAt > openedAt;

const oneMessage = (note: Refused, timezone: string): ChannelMessage => {
  const { alert, more } = note.body;
  const again = lasts(alert) ? `Still not fixed: ${watchName(alert)}. ` : "";
  const head = `${again}${refusalText(note)} Until it does, this is told here.${moreText(more)}`;
  return oneElsewhere([head], alert, timezone);
};

/** Alerts whose channel refuses them, told where somebody reads: one whole, or a list of many. */
export const refusedChannelMessage = (notes: readonly Refused[], timezone: string): ChannelMessage => {
  const alerts = alertsWorstFirst(notes.flatMap(({ body }) => [body.alert, ...body.others]));
  const [only] = notes;
  if (only !== undefined && alerts.length === 1) return oneMessage(only, timezone);
  const refusals = [...new Set(notes.map(refusalText))];
  const hidden = refusals.length - MOST_CHANNELS;
  const more = notes.reduce((sum, { body }) => sum + body.more, 0);
  const again = alerts.every(lasts) ? "Still not fixed: " : "";
  return manyElsewhere(
    [
      `${again}${alerts.length} alerts could not be told where they belong; until they can, they are told here.${moreText(more)}`,
      ...refusals.slice(0, MOST_CHANNELS),
      ...(hidden > 0 ? [`And ${hidden} more channels: \`/wa-token status\`.`] : []),
    ],
    alerts,
    alerts.map((alert) => alertLine(alert, timezone)),
    timezone,
  );
};
