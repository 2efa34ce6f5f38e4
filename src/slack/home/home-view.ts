// home/ is the bot's Home tab: what status says, to be seen without asking, with the alerts' buttons. home-view.ts builds
// it from what the store knows; publish.ts puts it in place, when somebody opens it (show.ts) and when something changed
// (refresh.ts). Pressed buttons go to the listeners of the alerts. To show one more thing: its lines here, within the 100
// blocks and 250 kB that Slack takes.
import type { HomeView, KnownBlock } from "@slack/types";
import type { HistoryEntry } from "../../watch/history.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import { actions, button, context, divider, header, lines, openLines, section } from "../blocks.ts";
import { checkButton } from "../check/check-button.ts";
import type { ListedWatch } from "../deps.ts";
import { GUIDE } from "../guide/ids.ts";
import { historyTexts } from "../history/history-text.ts";
import { type ShowTime, slackDate } from "../moment.ts";
import { COMMAND } from "../parse-command.ts";
import { openAlert, type RemarkOptions } from "../status/alert-remarks.ts";
import { compactLines } from "../status/compact.ts";
import { worstFirst } from "../status/order.ts";
import { troubleLines } from "../status/troubles.ts";
import { alertEntry, type EntryOptions, watchEntry } from "./entry.ts";
import { HOME_TITLE } from "./notice-home.ts";

/** Shown in full; each alert takes two blocks. */
const MOST_ALERTS = 15;
const MOST_WATCHES = 30;

/** In characters; the names are those of the open alerts, and of the other watches, that are not shown in full. */
const HISTORY_ROOM = 8_000;
const NAMES_ROOM = 8_000;
const TROUBLES = { channels: 5, names: 300 } as const;

export interface HomeOptions extends RemarkOptions {
  readonly records: readonly WatchRecord[];
  readonly cards: readonly ListedWatch[];
  /** The latest moves of all watches, newest first. */
  readonly history: readonly HistoryEntry[];
  /** How many people `ALLOWED_USERS` names; undefined: everyone of the workspace may see this. */
  readonly allowed: number | undefined;
  readonly timezone: string;
}

const whoText = (allowed: number | undefined): string =>
  allowed === undefined
    ? "Who may see this: everyone in this workspace, and nobody from other organisations."
    : `Who may see this: the ${allowed === 1 ? "one person" : `${allowed} people`} named in ALLOWED_USERS, and nobody from other organisations.`;

const guideButton = (style?: "primary") =>
  button({
    id: GUIDE.whole,
    text: "Open the guide",
    label: "Open the guide to a token that lasts",
    ...(style === undefined ? {} : { style }),
  });

const footing = ({ allowed, now }: HomeOptions, show: ShowTime): KnownBlock =>
  context(`Brought up to date ${show(now)}. ${whoText(allowed)}`);

/** Nothing to show yet: how to begin. */
const beginning: readonly KnownBlock[] = [
  section("*No token is watched here yet.*"),
  section(
    [
      "1. Make a token that lasts: the guide leads you through Meta's pages, click by click.",
      "2. Put it where your app reads it, and check it here: alive or not, until when, what it may do.",
      "3. Name it for this bot: the person who runs it sets WHATSAPP_ACCESS_TOKEN or a WATCHLIST. From then on it is watched, and you see it here.",
    ].join("\n"),
  ),
  actions(guideButton("primary"), checkButton()),
];

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What is not shown in full, by name; what finds no room even so is counted. */
const moreBlocks = (rest: readonly WatchRecord[], now: Date, word: string): readonly KnownBlock[] => {
  const { lines: named, hidden } = compactLines(rest, now, NAMES_ROOM);
  return [...openLines(named), ...(hidden === 0 ? [] : [section(`${hidden} more: \`${COMMAND} ${word}\``)])];
};

const watched = (options: HomeOptions, show: ShowTime): readonly KnownBlock[] => {
  const { records, cards, now } = options;
  const sorted = worstFirst(records);
  const open = sorted.filter((record) => openAlert(record, now) !== undefined);
  const others = sorted.filter((record) => openAlert(record, now) === undefined);
  const entry: EntryOptions = { ...options, cards: new Map(cards.map((card) => [card.name, card])), show };
  return [
    section(
      `*${counted(records.length, "watched token", "watched tokens")}*, ${counted(open.length, "open alert", "open alerts")}`,
    ),
    ...lines(troubleLines(records, options, show, TROUBLES)),
    actions(checkButton(), guideButton()),
    ...(open.length === 0 ? [] : [header("Open alerts")]),
    ...open.slice(0, MOST_ALERTS).flatMap((record) => alertEntry(record, entry)),
    ...moreBlocks(open.slice(MOST_ALERTS), now, "status open"),
    ...(others.length === 0 ? [] : [header(open.length === 0 ? "Watched tokens" : "Other watched tokens")]),
    ...others.slice(0, MOST_WATCHES).map((record) => watchEntry(record, entry)),
    ...moreBlocks(others.slice(MOST_WATCHES), now, "status"),
  ];
};

/** What everyone sees who may: it holds nothing personal. */
export const homeView = (options: HomeOptions): HomeView => {
  const { records, history, timezone } = options;
  const show: ShowTime = (at) => slackDate(at, timezone);
  const told = lines(historyTexts(history, { show, named: true, room: HISTORY_ROOM }));
  return {
    type: "home",
    blocks: [
      header(HOME_TITLE),
      footing(options, show),
      ...(records.length === 0 ? beginning : watched(options, show)),
      ...(told.length === 0 ? [] : [divider(), ...told]),
    ],
  };
};
