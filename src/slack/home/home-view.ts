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
import { openAlert, type RemarkOptions } from "../status/alert-remarks.ts";
import { compactLines } from "../status/compact.ts";
import { headlineOf, tallyOf } from "../status/headline.ts";
import { worstFirst } from "../status/order.ts";
import { troubleLines } from "../status/troubles.ts";
import { alertEntry, type EntryOptions, watchEntry } from "./entry.ts";

export interface HomeOptions extends RemarkOptions {
  readonly records: readonly WatchRecord[];
  readonly cards: Pick<Book<ListedWatch>, "get">;
  /** The latest history entries of all watches, newest first. */
  readonly history: readonly HistoryEntry[];
  /** The number of people in `ALLOWED_USERS`; undefined: everyone in the workspace may see the Home. */
  readonly allowed: number | undefined;
  readonly timezone: string;
  /** The latest entries of the audit, newest first, for an admin. Absent for everybody else. */
  readonly audit?: readonly AuditEntry[] | undefined;
}

/** The Home holds nothing personal: all admins see the same view, and so does everybody else with access. */
export function homeView(options: HomeOptions): HomeView {
  const { records, history, timezone, audit = [] } = options;
  const show: ShowTime = (at) => slackDate(at, timezone);
  const historyLines = lines(historyTexts(history, { show, named: true, room: HISTORY_ROOM }));
  return {
    type: "home",
    blocks: [
      header(titleText(options)),
      updatedLine(options, show),
      ...(records.length === 0 ? firstSteps() : watched(options, show)),
      ...(historyLines.length === 0 ? [] : [divider(), ...historyLines]),
      ...(audit.length === 0 ? [] : [divider(), ...lines(auditLines(audit, show))]),
    ],
  };
}

const { home } = words;

/** The number of watches that are shown in full. Each alert takes two blocks. */
const MOST_ALERTS = 15;
const MOST_WATCHES = 30;

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

function watched(options: HomeOptions, show: ShowTime): readonly KnownBlock[] {
  const { records, now } = options;
  const sorted = worstFirst(records);
  const open = sorted.filter((record) => openAlert(record, now) !== undefined);
  const others = sorted.filter((record) => openAlert(record, now) === undefined);
  const entry: EntryOptions = {
    ...options,
    show,
    renews: options.audit !== undefined,
  };
  return [
    ...lines(troubleLines(records, options, TROUBLES).map((line) => mrkdwnText(line, show))),
    actions(checkButton(), guideButton()),
    ...(open.length === 0 ? [] : [header(home.openAlerts)]),
    ...open.slice(0, MOST_ALERTS).flatMap((record) => alertEntry(record, entry)),
    ...moreBlocks(open.slice(MOST_ALERTS), now, "status open"),
    ...(others.length === 0 ? [] : [header(open.length === 0 ? home.tokens : home.otherTokens)]),
    ...others.slice(0, MOST_WATCHES).map((record) => watchEntry(record, entry)),
    ...moreBlocks(others.slice(MOST_WATCHES), now, "status"),
  ];
}

/** The headline of the Home. */
function titleText({ records, now, timezone }: HomeOptions): string {
  if (records.length === 0) return home.title;
  const { sign, line } = headlineOf(tallyOf(records, now));
  return slackPlainText(home.headline(sign, line), (at) => plainTime(at, timezone));
}
