import type { LaneView, MomentView } from "../../protocol/timeline-view.ts";

/** One row of the table: one moment, or several equal ones in a row. */
export interface Row extends MomentView {
  readonly watch: string;
  readonly times: number;
  /** Time of the last one. */
  readonly last: string;
}

/** Moments of all watches in order of time, with repeated ones of a watch in one row. Pure. */
export function condense(lanes: readonly LaneView[], of: (lane: LaneView) => readonly MomentView[]): readonly Row[] {
  return lanes.flatMap((lane) => rowsOf(lane.watch, of(lane))).toSorted((a, b) => a.at.localeCompare(b.at));
}

function alike(a: MomentView, b: MomentView): boolean {
  return a.what === b.what && a.channel === b.channel && a.tone === b.tone;
}

function rowsOf(watch: string, moments: readonly MomentView[]): readonly Row[] {
  const rows: Row[] = [];
  for (const moment of moments) {
    const before = rows.at(-1);
    if (before !== undefined && alike(before, moment))
      rows[rows.length - 1] = { ...before, times: before.times + 1, last: moment.at };
    else rows.push({ ...moment, watch, times: 1, last: moment.at });
  }
  return rows;
}
