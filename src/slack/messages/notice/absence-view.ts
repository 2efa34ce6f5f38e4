import { describeSpan } from "../../../token/duration.ts";
import { historyLine } from "../../status/history/history-line.ts";
import { LIMITS, lines, openLines } from "../../kit/blocks.ts";
import { boundedList } from "../../requests/bounded-list.ts";
import { type ChannelMessage, COLOURS } from "../../kit/channel-message.ts";
import { type ShowTime, slackDate } from "../../kit/moment.ts";
import { mrkdwnText } from "../../kit/spans.ts";
import { words } from "../../../words/words.ts";
import type { MessageBody } from "../../../outbox/message.ts";

/** The message after downtime: how long the bot did not run, and the changes it has found since. */
export function absenceMessage(absence: Absence, timezone: string): ChannelMessage {
  const { from, to, watches, missed, more } = absence;
  const show: ShowTime = (at) => slackDate(at, timezone);
  const head = [
    said.away(from, to, describeSpan(to.getTime() - from.getTime()), watches),
    missed.length + more === 0 ? said.nothingChanged() : said.found(),
  ].map((line) => mrkdwnText(line, show));
  const list = missed.map((entry) => `• ${historyLine(entry, show)}`);
  const room = LIMITS.messageText - head.join("\n").length - 1;
  const shown = boundedList(list, LIMITS.messageBlocksText / 2, { more });
  return {
    text: [...head, ...boundedList(list, room, { more })].join("\n"),
    blocks: openLines(head),
    attachments:
      shown.length === 0 ? [] : [{ color: COLOURS.warning, fallback: said.missed, blocks: [...lines(shown)] }],
  };
}

const said = words.absence;

type Absence = Extract<MessageBody, { readonly kind: "absence" }>;
