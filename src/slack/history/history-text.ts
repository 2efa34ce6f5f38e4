import type { HistoryEntry } from "../../watch/history.ts";
import { fitting } from "../fitting.ts";
import { bold } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { historyLine } from "./history-line.ts";

export interface HistoryTextOptions {
  readonly show: ShowTime;
  /** False where all entries are of one watch. */
  readonly named: boolean;
  /** In characters; older lines are left out. */
  readonly room: number;
}

/** The latest entries, newest first, as lines below a title; none when nothing has happened. */
export const historyTexts = (
  entries: readonly HistoryEntry[],
  { show, named, room }: HistoryTextOptions,
): readonly string[] => {
  const shown = fitting(
    entries.map((entry) => historyLine(entry, show, { named })),
    room,
  );
  return shown.length === 0 ? [] : [bold("History, newest first"), ...shown];
};
