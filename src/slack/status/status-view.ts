import { rich, type Spans } from "../../guide/rich-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { Book } from "../../watch/watch-book.ts";
import { header, LIMITS, openLines, section } from "../kit/blocks.ts";
import type { ListedWatch } from "../requests/deps.ts";
import { fitting } from "../kit/fitting.ts";
import { plainTime, type ShowTime, slackDate } from "../kit/moment.ts";
import { noticeSpans } from "../kit/notice-view.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { mrkdwnText, slackPlainText } from "../kit/spans.ts";
import { notReadTexts } from "../../words/unread-text.ts";
import { alertRemarks, openAlert, type RemarkOptions } from "./alert-remarks.ts";
import { compactLines } from "./compact.ts";
import { headlineOf, tallyOf } from "./headline.ts";
import { worstFirst } from "./order.ts";
import { troubleLines } from "./troubles.ts";
import { checksLine, endLines, failingLines, remarkLines, stateLine } from "./watch-lines.ts";

export interface StatusOptions extends RemarkOptions {
  readonly records: readonly WatchRecord[];
  readonly cards: Pick<Book<ListedWatch>, "get">;
  /** True to show only watches with an open alert. */
  readonly onlyOpen: boolean;
  readonly timezone: string;
}

/**
 * Every watch, worst first: as many in full as fit, the others by name. The message counts the watches that do not fit.
 */
export function statusMessage(options: StatusOptions): PrivateMessage {
  const { records, onlyOpen, now, timezone } = options;
  if (records.length === 0) return noticeSpans(status.noneWatched());
  const sorted = worstFirst(onlyOpen ? records.filter((record) => openAlert(record, now) !== undefined) : records);
  if (sorted.length === 0) return noticeSpans(sentences(status.noneOpen(), status.seeAll()));
  const eyes: Writer = { show: (at) => slackDate(at, timezone), bar: true, max: LIMITS.messageBlocksText };
  const ears: Writer = { show: (at) => plainTime(at, timezone), bar: false, max: LIMITS.messageText };
  const title = slackPlainText(titleOf(options, sorted.length), ears.show);
  const shown = divide(sorted, options, eyes);
  const read = divide(sorted, options, ears);
  return {
    text: [title, ...read.troubles, ...read.full, ...read.names, ...tail(read, options, ears)].join("\n"),
    blocks: [
      header(title),
      ...openLines(shown.troubles),
      ...shown.full.map((text) => section(text)),
      ...openLines(shown.names),
      ...tail(shown, options, eyes).map((text) => section(text)),
    ],
  };
}

/** The number of watches in full. Fewer when the names need the space, down to `LEAST`. */
const MOST = 20;
const LEAST = 3;

/** Space for the head, the tail and the separators. */
const ROOM = 300;

const TROUBLES = { channels: 3, names: 150 } as const;

const { status } = words;

/** How to write one version: blocks have Slack dates and bars; the text for screen readers has neither. */
interface Writer {
  readonly show: ShowTime;
  readonly bar: boolean;
  /** In characters. */
  readonly max: number;
}

function entryLines(record: WatchRecord, options: StatusOptions, { bar }: Writer): readonly Spans[] {
  const { cards, now } = options;
  return [
    status.entry(record.name, stateLine(record)),
    ...endLines(record, { now, bar }),
    ...notReadTexts(record.state.verdict),
    ...failingLines(record),
    ...alertRemarks(record, options),
    ...remarkLines(record, cards.get(record.name)),
    checksLine(record, now),
  ];
}

function entry(record: WatchRecord, options: StatusOptions, writer: Writer): string {
  return entryLines(record, options, writer)
    .map((line) => mrkdwnText(line, writer.show))
    .join("\n");
}

interface Shares {
  readonly troubles: readonly string[];
  /** One text for each of the worst watches. */
  readonly full: readonly string[];
  /** The other watches by name, many on a line. */
  readonly names: readonly string[];
  readonly hidden: number;
}

/** The worst watches in full and the rest by name. Fewer in full when the names would not fit. */
function divide(sorted: readonly WatchRecord[], options: StatusOptions, writer: Writer): Shares {
  const troubles = troubleLines(options.records, options, TROUBLES).map((line) => mrkdwnText(line, writer.show));
  const room = writer.max - ROOM - troubles.join("\n").length;
  const texts = sorted.slice(0, MOST).map((record) => entry(record, options, writer));
  const full = fitting(texts, room);
  const sharesFor = (count: number): Shares => {
    const shown = full.slice(0, count);
    const left = room - shown.reduce((sum, text) => sum + text.length + 1, 0);
    const { lines, hidden } = compactLines(sorted.slice(shown.length), options.now, left);
    return { troubles, full: shown, names: lines, hidden };
  };
  const least = sharesFor(LEAST);
  if (least.hidden > 0 || full.length <= LEAST) return least;
  const counts = Array.from({ length: full.length - LEAST }, (_, index) => full.length - index);
  return counts.map(sharesFor).find(({ hidden }) => hidden === 0) ?? least;
}

function tail({ names, hidden }: Shares, { onlyOpen }: StatusOptions, { show }: Writer): readonly string[] {
  if (names.length === 0 && hidden === 0) return [];
  const said = sentences(hidden === 0 ? [] : status.hidden(hidden), status.seeOne(), onlyOpen ? [] : status.seeOpen());
  return [mrkdwnText(said, show)];
}

/** The headline of the message. */
function titleOf({ records, onlyOpen, now }: StatusOptions, shown: number): Spans {
  if (onlyOpen) return status.headline.openAlerts(shown);
  const { sign, line } = headlineOf(tallyOf(records, now));
  return rich`${sign} ${line}`;
}
