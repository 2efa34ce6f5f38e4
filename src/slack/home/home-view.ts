// home/ is the Home tab: the same data as status, and the buttons of the alerts. home-view.ts builds the view from the
// store. show.ts publishes it when a person opens the tab, refresh.ts when the data changes; both use publish.ts. The
// listeners of alerts handle its buttons. To show one more thing, add its lines in home-view.ts. Slack takes 100 blocks
// and 250 kB.
import type { HomeView, KnownBlock } from "@slack/types";
import type { Spans } from "../../guide/rich-text.ts";
import { dotted } from "../../words/joined.ts";
import { words } from "../../words/words.ts";
import { auditText } from "../../words/history/audit-text.ts";
import { cutSpans } from "../../words/cut-spans.ts";
import type { AuditEntry } from "../../renewal/audit.ts";
import type { HistoryEntry } from "../../alert/history.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { Book } from "../../watch/watch-book.ts";
import { actions, button, context, divider, header, lines, openLines, section } from "../kit/blocks.ts";
import { checkButton } from "../check/check-button.ts";
import type { ListedWatch } from "../requests/deps.ts";
import { GUIDE } from "../guide/ids.ts";
import { fitting } from "../kit/fitting.ts";
import { historyTexts } from "../status/history/history-text.ts";
import { plainTime, type ShowTime, slackDate } from "../kit/moment.ts";
import { mrkdwnText, slackPlainText, slackText } from "../kit/spans.ts";
import { openAlert } from "../status/alert-remarks.ts";
import { compactLines } from "../status/compact.ts";
import { headlineOf } from "../status/headline.ts";
import { STATUS } from "../status/ids.ts";
import type { Overview } from "../status/overview.ts";
import { type StatusQuery, writeQuery } from "../status/query.ts";
import { troubleLines } from "../status/troubles.ts";
import { alertEntry, type EntryOptions, watchEntry } from "./entry.ts";

export interface HomeOptions extends Overview {
  /** Watches with an open alert, worst first. */
  readonly open: readonly WatchRecord[];
  /** The other watches, worst first. Of a long list only the first that need somebody. */
  readonly others: readonly WatchRecord[];
  /** True for a short list: `open` and `others` have all watches. */
  readonly isWhole: boolean;
  readonly cards: Pick<Book<ListedWatch>, "get">;
  /** The latest history entries of all watches, newest first. */
  readonly history: readonly HistoryEntry[];
  /** The number of people in `ALLOWED_USERS`; undefined: everyone in the workspace may see the Home. */
  readonly allowed: number | undefined;
  readonly timezone: string;
  /** True while renewals from Slack are on. */
  readonly renews: boolean;
  /** The latest entries of the audit, newest first, for an admin. Absent for everybody else. */
  readonly audit?: readonly AuditEntry[] | undefined;
}

/** The Home holds nothing personal: all admins see the same view, and so does everybody else with access. */
export function homeView(options: HomeOptions): HomeView {
  const { tally, history, timezone, audit = [] } = options;
  const show: ShowTime = (at) => slackDate(at, timezone);
  const historyLines = lines(historyTexts(history, { show, named: true, room: HISTORY_ROOM }));
  return {
    type: "home",
    blocks: [
      header(titleText(options)),
      updatedLine(options, show),
      ...(tally.total === 0 ? firstSteps() : watched(options, show)),
      ...(historyLines.length === 0 ? [] : [divider(), ...historyLines]),
      ...(audit.length === 0 ? [] : [divider(), ...lines(auditLines(audit, show))]),
    ],
  };
}

/** The number of watches that are shown in full. Each alert takes two blocks. */
export const MOST_ALERTS = 15;
export const MOST_WATCHES = 30;

/** The watches with an open alert, and the others, in the same order. */
export function divided(
  records: readonly WatchRecord[],
  now: Date,
): readonly [readonly WatchRecord[], readonly WatchRecord[]] {
  const { open = [], others = [] } = Object.groupBy(records, (record) =>
    openAlert(record, now) === undefined ? "others" : "open",
  );
  return [open, others];
}

const { home } = words;

/**
 * Length limits in characters. The names are the watches that are not shown in full, with and without an open alert.
 */
const HISTORY_ROOM = 8_000;
const NAMES_ROOM = 8_000;
const AUDIT_ROOM = 4_000;
const LONGEST_ENTRY = 300;
const TROUBLES = { channels: 5, names: 300 } as const;

function guideButton(style?: "primary") {
  return button({
    id: GUIDE.whole,
    text: words.guide.open,
    label: words.guide.openAloud,
    ...(style === undefined ? {} : { style }),
  });
}

function auditLines(audit: readonly AuditEntry[], show: ShowTime): readonly string[] {
  const texts = audit.map((entry) => mrkdwnText(cutSpans(auditText(entry), LONGEST_ENTRY), show));
  return [mrkdwnText(words.audit.title(), show), ...fitting(texts, AUDIT_ROOM)];
}

function visibility(allowed: number | undefined): Spans {
  return allowed === undefined ? home.visibleToAll() : home.visibleTo(allowed);
}

function updatedLine({ allowed, now }: HomeOptions, show: ShowTime): KnownBlock {
  return context(mrkdwnText(dotted(home.updated(now), visibility(allowed)), show));
}

/** The first steps, while no watch exists. */
function firstSteps(): readonly KnownBlock[] {
  return [
    section(slackText(home.nothingWatched())),
    section(
      home
        .beginning()
        .map((step, index) => `${index + 1}. ${slackText(step)}`)
        .join("\n"),
    ),
    actions(guideButton("primary"), checkButton()),
  ];
}

/** The names of watches that are not shown in full. When the names do not fit, the number of the rest. */
function moreBlocks(rest: readonly WatchRecord[], now: Date, command: string): readonly KnownBlock[] {
  const { lines: named, hidden } = compactLines(rest, now, NAMES_ROOM);
  return [...openLines(named), ...(hidden === 0 ? [] : [section(slackText(words.status.more(hidden, command)))])];
}

/** Opens the list that the Home shows only the beginning of. */
function showAll(shown: number, total: number, which: StatusQuery["which"]): readonly KnownBlock[] {
  if (shown >= total) return [];
  const { showAll: text } = words.status;
  return [
    actions(
      button({ id: which === "open" ? STATUS.page : STATUS.first, text: text(total), value: writeQuery({ which }) }),
    ),
  ];
}

function watched(options: HomeOptions, show: ShowTime): readonly KnownBlock[] {
  const { open, others, isWhole, tally, now } = options;
  const entry: EntryOptions = { ...options, show, admin: options.audit !== undefined };
  const find = button({ id: STATUS.find, text: words.status.findButton });
  const opening = [...(isWhole ? [] : [words.status.counts(tally)]), ...troubleLines(options, TROUBLES)];
  return [
    ...lines(opening.map((line) => mrkdwnText(line, show))),
    actions(checkButton(), guideButton(), ...(isWhole ? [] : [find])),
    ...(open.length === 0 ? [] : [header(home.openAlerts)]),
    ...open.slice(0, MOST_ALERTS).flatMap((record) => alertEntry(record, entry)),
    ...(isWhole ? moreBlocks(open.slice(MOST_ALERTS), now, "status open") : showAll(open.length, tally.open, "open")),
    ...(others.length === 0 ? [] : [header(open.length === 0 ? home.tokens : home.otherTokens)]),
    ...others.slice(0, MOST_WATCHES).map((record) => watchEntry(record, entry)),
    ...(isWhole
      ? moreBlocks(others.slice(MOST_WATCHES), now, "status")
      : showAll(open.length + others.length, tally.attention, "all")),
  ];
}

/** The headline of the Home. */
function titleText({ tally, timezone }: HomeOptions): string {
  if (tally.total === 0) return home.title;
  const { sign, line } = headlineOf(tally);
  return slackPlainText(home.headline(sign, line), (at) => plainTime(at, timezone));
}
