import type { LaneView, MomentView } from "../../protocol/timeline-view.ts";

/** One line of the table: a moment, or several alike that follow each other. */
export interface Row extends MomentView {
  readonly watch: string;
  readonly times: number;
  /** The last of them. */
  readonly last: string;
}

const alike = (a: MomentView, b: MomentView): boolean =>
  a.what === b.what && a.channel === b.channel && a.tone === b.tone;

const rowsOf = (watch: string, moments: readonly MomentView[]): readonly Row[] => {
  const rows: Row[] = [];
  for (const moment of moments) {
    const before = rows.at(-1);
    if (before !== undefined && alike(before, moment))
      rows[rows.length - 1] = { ...before, times: before.times + 1, last: moment.at };
    else rows.push({ ...moment, watch, times: 1, last: moment.at });
  }
  return rows;
};

/** Moments of all watches in the order of time, repeated ones of a watch in one line. Pure. */
export const condense = (lanes: readonly LaneView[], of: (lane: LaneView) => readonly MomentView[]): readonly Row[] =>
  lanes.flatMap((lane) => rowsOf(lane.watch, of(lane))).toSorted((a, b) => a.at.localeCompare(b.at));
