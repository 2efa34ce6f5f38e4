import type { WatchRecord } from "../../watch/ports.ts";
import { header, LIMITS, section } from "../blocks.ts";
import type { ListedWatch } from "../deps.ts";
import { bold, literal } from "../mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../moment.ts";
import { noticeMessage } from "../notice-view.ts";
import { COMMAND } from "../parse-command.ts";
import type { PrivateMessage } from "../request.ts";
import { worstFirst } from "./order.ts";
import { failingLine, remarkLines, stateText, timesLine } from "./watch-lines.ts";

const MOST = 20;

/** Kept free for the head, the tail and the separators. */
const ROOM = 300;

export interface StatusOptions {
  readonly records: readonly WatchRecord[];
  readonly cards: readonly ListedWatch[];
  readonly now: Date;
  readonly timezone: string;
}

const entry = (record: WatchRecord, { cards, now }: StatusOptions, show: ShowTime): string => {
  const card = cards.find(({ name }) => name === record.name);
  const failing = failingLine(record, show);
  return [
    `${bold(literal(record.name, 80))}: ${stateText(record, show)}`,
    timesLine(record, now, show),
    ...(failing === undefined ? [] : [failing]),
    ...remarkLines(record, card, show),
  ].join("\n");
};

/** As many of the first texts as fit. */
const fitting = (texts: readonly string[], room: number): readonly string[] => {
  let left = room;
  const end = texts.findIndex((text) => {
    left -= text.length + 1;
    return left < 0;
  });
  return end === -1 ? texts : texts.slice(0, end);
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
