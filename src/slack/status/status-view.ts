import type { Button } from "@slack/types";
import { rich, type Spans } from "../../guide/rich-text.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { Book } from "../../watch/watch-book.ts";
import { actions, button, header, LIMITS, openLines, section } from "../kit/blocks.ts";
import type { ListedWatch } from "../requests/deps.ts";
import { fitting } from "../kit/fitting.ts";
import { plainTime, type ShowTime, slackDate } from "../kit/moment.ts";
import { noticeSpans } from "../kit/notice-view.ts";
import type { PrivateMessage } from "../requests/request.ts";
import { mrkdwnText, slackPlainText } from "../kit/spans.ts";
import { notReadTexts } from "../../words/unread-text.ts";
import { alertRemarks } from "./alert-remarks.ts";
import { compactLines } from "./compact.ts";
import { fleetLines } from "./fleet-lines.ts";
import { headlineOf } from "./headline.ts";
import { STATUS } from "./ids.ts";
import type { Overview } from "./overview.ts";
import { type StatusQuery, writeQuery } from "./query.ts";
import { troubleLines } from "./troubles.ts";
import { checksLine, endLines, failingLines, remarkLines, stateLine } from "./watch-lines.ts";

export interface StatusOptions extends Overview {
  readonly query: StatusQuery;
  /** The watches of this page, worst first. */
  readonly records: readonly WatchRecord[];
  /** The place of the next page; null on the last one. */
  readonly next: string | null;
  /** The number of watches on all pages. */
  readonly total: number;
  /** True for a short list, which has one page. */
  readonly isWhole: boolean;
  readonly cards: Pick<Book<ListedWatch>, "get">;
  readonly timezone: string;
}

/**
 * The watches of one page, worst first: as many in full as fit, the others by name. The message counts the watches that
 * do not fit.
 */
export function statusMessage(options: StatusOptions): PrivateMessage {
  const { tally, query, records, timezone } = options;
  if (tally.total === 0) return noticeSpans(sentences(...fleetLines(options.fleetTroubles), status.noneWatched()));
  if (records.length === 0 && query.which === "open") return noticeSpans(sentences(status.noneOpen(), status.seeAll()));
  const eyes: Writer = { show: (at) => slackDate(at, timezone), bar: true, max: LIMITS.messageBlocksText };
  const ears: Writer = { show: (at) => plainTime(at, timezone), bar: false, max: LIMITS.messageText };
  const title = slackPlainText(titleOf(options), ears.show);
  const shown = divide(options, eyes);
  const read = divide(options, ears);
  const buttons = pageButtons(options);
  return {
    text: [title, ...read.opening, ...read.full, ...read.names, ...tail(read, options, ears)].join("\n"),
    blocks: [
      header(title),
      ...openLines(shown.opening),
      ...shown.full.map((text) => section(text)),
      ...openLines(shown.names),
      ...tail(shown, options, eyes).map((text) => section(text)),
      ...(buttons.length === 0 ? [] : [actions(...buttons)]),
    ],
  };
}

/** The number of watches in full. Fewer when the names need the space, down to `LEAST`. */
const MOST = 20;
const LEAST = 3;

/** Space for the head, the tail, the buttons and the separators. */
const ROOM = 400;

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
  /** The counts of a long list, and the places that refuse messages. */
  readonly opening: readonly string[];
  /** One text for each of the worst watches. */
  readonly full: readonly string[];
  /** The other watches by name, many on a line. */
  readonly names: readonly string[];
  readonly hidden: number;
}

/** The worst watches in full and the rest by name. Fewer in full when the names would not fit. */
function divide(options: StatusOptions, writer: Writer): Shares {
  const { records, tally, isWhole, now } = options;
  const opening = [...(isWhole ? [] : [status.counts(tally)]), ...troubleLines(options, TROUBLES)].map((line) =>
    mrkdwnText(line, writer.show),
  );
  const room = writer.max - ROOM - opening.join("\n").length;
  const texts = records.slice(0, MOST).map((record) => entry(record, options, writer));
  const full = fitting(texts, room);
  const sharesFor = (count: number): Shares => {
    const shown = full.slice(0, count);
    const left = room - shown.reduce((sum, text) => sum + text.length + 1, 0);
    const { lines, hidden } = compactLines(records.slice(shown.length), now, left);
    return { opening, full: shown, names: lines, hidden };
  };
  const least = sharesFor(LEAST);
  if (least.hidden > 0 || full.length <= LEAST) return least;
  const counts = Array.from({ length: full.length - LEAST }, (_, index) => full.length - index);
  return counts.map(sharesFor).find(({ hidden }) => hidden === 0) ?? least;
}

function tail(shares: Shares, options: StatusOptions, { show }: Writer): readonly string[] {
  const said = options.isWhole ? tailOfWhole(shares, options) : tailOfPage(options);
  return said.length === 0 ? [] : [mrkdwnText(said, show)];
}

function tailOfWhole({ names, hidden }: Shares, { query }: StatusOptions): Spans {
  if (names.length === 0 && hidden === 0) return [];
  return sentences(
    hidden === 0 ? [] : status.hidden(hidden),
    status.seeOne(),
    query.which === "open" ? [] : status.seeOpen(),
  );
}

function tailOfPage({ records, total, query }: StatusOptions): Spans {
  const before = query.after === undefined ? 0 : (query.before ?? 0);
  return sentences(
    records.length === 0 ? [] : status.shown(before + 1, before + records.length, total),
    status.find(),
    query.which === "open" ? [] : status.seeOpen(),
  );
}

function pageButtons({ query, records, next, isWhole }: StatusOptions): readonly Button[] {
  if (isWhole) return [];
  const { which, part, after, before = 0 } = query;
  return [
    ...(next === null
      ? []
      : [
          button({
            id: STATUS.page,
            text: status.nextPage,
            value: writeQuery({
              which,
              part,
              after: next,
              before: (after === undefined ? 0 : before) + records.length,
            }),
          }),
        ]),
    ...(after === undefined
      ? []
      : [button({ id: STATUS.first, text: status.firstPage, value: writeQuery({ which, part }) })]),
    button({ id: STATUS.find, text: status.findButton }),
  ];
}

/** The headline of the message. */
function titleOf({ tally, query, total, records, isWhole }: StatusOptions): Spans {
  if (query.which === "open") return status.headline.openAlerts(isWhole ? records.length : total);
  if (query.part !== undefined) return status.headline.found(total, query.part);
  const { sign, line } = headlineOf(tally);
  return rich`${sign} ${line}`;
}
