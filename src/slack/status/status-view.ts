import type { WatchRecord } from "../../watch/ports.ts";
import { header, LIMITS, section } from "../blocks.ts";
import type { ListedWatch } from "../deps.ts";
import { fitting } from "../fitting.ts";
import { bold, literal } from "../mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../moment.ts";
import { noticeMessage } from "../notice-view.ts";
import { COMMAND } from "../parse-command.ts";
import type { PrivateMessage } from "../request.ts";
import { alertRemarks } from "./alert-remarks.ts";
import { worstFirst } from "./order.ts";
import { failingLine, remarkLines, stateText, timesLine } from "./watch-lines.ts";

const MOST = 20;

/** Kept free for the head, the tail and the separators. */
const ROOM = 300;

export interface StatusOptions {
  readonly records: readonly WatchRecord[];
  readonly cards: readonly ListedWatch[];
  readonly now: Date;
  /** The end of the quiet hours; null outside them. */
  readonly quietUntil: Date | null;
  readonly timezone: string;
}

const entry = (record: WatchRecord, options: StatusOptions, show: ShowTime): string => {
  const { cards, now } = options;
  const card = cards.find(({ name }) => name === record.name);
  const failing = failingLine(record, show);
  return [
    `${bold(literal(record.name, 80))}: ${stateText(record, show)}`,
    timesLine(record, now, show),
    ...(failing === undefined ? [] : [failing]),
    ...alertRemarks(record, options, show),
    ...remarkLines(record, card, show),
  ].join("\n");
};

const more = (hidden: number): readonly string[] =>
  hidden === 0 ? [] : [`${hidden} more. To see one: ${COMMAND} status NAME`];

/** Every watch in a few lines each, worst first; what does not fit is counted. */
export const statusMessage = (options: StatusOptions): PrivateMessage => {
  const { records, timezone } = options;
  if (records.length === 0)
    return noticeMessage("No token is watched here. Set WHATSAPP_ACCESS_TOKEN or a WATCHLIST for the bot.");
  const sorted = worstFirst(records).slice(0, MOST);
  const title = records.length === 1 ? "1 watched token" : `${records.length} watched tokens, worst first`;
  const shown = fitting(
    sorted.map((record) => entry(record, options, (at) => slackDate(at, timezone))),
    LIMITS.messageBlocksText - ROOM,
  );
  const read = fitting(
    sorted.map((record) => entry(record, options, (at) => plainTime(at, timezone))),
    LIMITS.messageText - ROOM,
  );
  return {
    text: [title, ...read, ...more(records.length - read.length)].join("\n"),
    blocks: [
      header(title),
      ...shown.map((text) => section(text)),
      ...more(records.length - shown.length).map((text) => section(text)),
    ],
  };
};
