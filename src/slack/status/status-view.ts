import type { WatchRecord } from "../../watch/ports.ts";
import { header, LIMITS, openLines, section } from "../blocks.ts";
import type { ListedWatch } from "../deps.ts";
import { fitting } from "../fitting.ts";
import { bold, literal } from "../mrkdwn.ts";
import { plainTime, type ShowTime, slackDate } from "../moment.ts";
import { noticeMessage } from "../notice-view.ts";
import { COMMAND } from "../parse-command.ts";
import type { PrivateMessage } from "../request.ts";
import { alertRemarks, openAlert, type RemarkOptions } from "./alert-remarks.ts";
import { compactLines } from "./compact.ts";
import { worstFirst } from "./order.ts";
import { troubleLines } from "./troubles.ts";
import { failingLine, remarkLines, stateText, timesLine, unreadTexts } from "./watch-lines.ts";

/** Told in full; where names need the room, down to the least. */
const MOST = 20;
const LEAST = 3;

/** Kept free for the head, the tail and the separators. */
const ROOM = 300;

const TROUBLES = { channels: 3, names: 150 } as const;

export interface StatusOptions extends RemarkOptions {
  readonly records: readonly WatchRecord[];
  readonly cards: readonly ListedWatch[];
  /** Only watches with an open alert. */
  readonly onlyOpen: boolean;
  readonly timezone: string;
}

const entry = (record: WatchRecord, options: StatusOptions, show: ShowTime): string => {
  const { cards, now } = options;
  const card = cards.find(({ name }) => name === record.name);
  const failing = failingLine(record, show);
  return [
    `${bold(literal(record.name, 80))}: ${stateText(record, show)}`,
    timesLine(record, now, show),
    ...unreadTexts(record),
    ...(failing === undefined ? [] : [failing]),
    ...alertRemarks(record, options, show),
    ...remarkLines(record, card, show),
  ].join("\n");
};

interface Told {
  readonly troubles: readonly string[];
  /** One text for each of the worst. */
  readonly full: readonly string[];
  /** The others by name, many on a line. */
  readonly names: readonly string[];
  readonly hidden: number;
}

/** The worst in full and the rest by name: fewer in full when the names would find no room. */
const tell = (sorted: readonly WatchRecord[], options: StatusOptions, show: ShowTime, max: number): Told => {
  const troubles = troubleLines(options.records, options, show, TROUBLES);
  const room = max - ROOM - troubles.join("\n").length;
  const texts = sorted.slice(0, MOST).map((record) => entry(record, options, show));
  const full = fitting(texts, room);
  const told = (count: number): Told => {
    const shown = full.slice(0, count);
    const left = room - shown.reduce((sum, text) => sum + text.length + 1, 0);
    const { lines, hidden } = compactLines(sorted.slice(shown.length), options.now, left);
    return { troubles, full: shown, names: lines, hidden };
  };
  const least = told(LEAST);
  if (least.hidden > 0 || full.length <= LEAST) return least;
  const counts = Array.from({ length: full.length - LEAST }, (_, index) => full.length - index);
  return counts.map(told).find(({ hidden }) => hidden === 0) ?? least;
};

const tail = ({ names, hidden }: Told, { onlyOpen }: StatusOptions): readonly string[] => {
  if (names.length === 0 && hidden === 0) return [];
  const more = hidden === 0 ? "" : `${hidden} more. `;
  const open = onlyOpen ? "" : ` What is open: ${COMMAND} status open`;
  return [`${more}To see one: ${COMMAND} status NAME.${open}`];
};

const titleOf = (count: number, onlyOpen: boolean): string => {
  const what = onlyOpen ? "open alert" : "watched token";
  return count === 1 ? `1 ${what}` : `${count} ${what}s, worst first`;
};

/** Every watch, worst first: as many in full as fit, the others by name; what does not fit is counted. */
export const statusMessage = (options: StatusOptions): PrivateMessage => {
  const { records, onlyOpen, now, timezone } = options;
  if (records.length === 0)
    return noticeMessage("No token is watched here. Set WHATSAPP_ACCESS_TOKEN or a WATCHLIST for the bot.");
  const sorted = worstFirst(onlyOpen ? records.filter((record) => openAlert(record, now) !== undefined) : records);
  if (sorted.length === 0) return noticeMessage(`No alert is open. All that is watched: ${COMMAND} status`);
  const title = titleOf(sorted.length, onlyOpen);
  const shown = tell(sorted, options, (at) => slackDate(at, timezone), LIMITS.messageBlocksText);
  const read = tell(sorted, options, (at) => plainTime(at, timezone), LIMITS.messageText);
  return {
    text: [title, ...read.troubles, ...read.full, ...read.names, ...tail(read, options)].join("\n"),
    blocks: [
      header(title),
      ...openLines(shown.troubles),
      ...shown.full.map((text) => section(text)),
      ...openLines(shown.names),
      ...tail(shown, options).map((text) => section(text)),
    ],
  };
};
