import { words } from "../../../words/words.ts";
import type { HistoryEntry } from "../../../alert/history.ts";
import { fitting } from "../../kit/fitting.ts";
import type { ShowTime } from "../../kit/moment.ts";
import { slackText } from "../../kit/spans.ts";
import { historyLine } from "./history-line.ts";

export interface HistoryTextOptions {
  readonly show: ShowTime;
  /** False when all entries belong to one watch. */
  readonly named: boolean;
  /** The length limit for all lines together, in characters. */
  readonly room: number;
  /** The most entries; absent: all. */
  readonly most?: number;
}

/** The latest entries as lines below a title, newest first. Empty when there are none. */
export function historyTexts(
  entries: readonly HistoryEntry[],
  { show, named, room, most = entries.length }: HistoryTextOptions,
): readonly string[] {
  const shown = fitting(
    entries.slice(0, most).map((entry) => historyLine(entry, show, { named })),
    room - `${TITLE}\n${CUT}\n`.length,
  );
  if (shown.length === 0) return [];
  return [TITLE, ...shown, ...(shown.length < entries.length ? [CUT] : [])];
}

const TITLE = slackText(words.history.title());
const CUT = slackText(words.history.cut());
