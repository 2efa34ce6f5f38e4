/** Converts instants to positions in the chart. */
export interface Scale {
  readonly startMs: number;
  readonly endMs: number;
  /** In pixels; an instant outside the chart is moved to its edge. */
  readonly x: (iso: string) => number;
  /** Mondays, or every second or fourth Monday when there is too little space for each date. */
  readonly marks: readonly { readonly ms: number; readonly x: number }[];
}

export function createScale(from: string, until: string, left: number, right: number): Scale {
  const startMs = Date.parse(from) - BEFORE_MS;
  const endMs = Math.max(Date.parse(until), startMs + DAY_MS);
  const at = (ms: number): number => left + ((ms - startMs) / (endMs - startMs)) * (right - left);
  const weekWidth = at(startMs + 7 * DAY_MS) - at(startMs);
  const every = 7 * DAY_MS * Math.max(1, Math.ceil(MARK_WIDTH / weekWidth));
  const marks: { readonly ms: number; readonly x: number }[] = [];
  for (let ms = firstMonday(startMs); ms <= endMs; ms += every) marks.push({ ms, x: at(ms) });
  return {
    startMs,
    endMs,
    x: (iso) => Math.min(right, Math.max(left, at(Date.parse(iso)))),
    marks,
  };
}

const DAY_MS = 86_400_000;

/** The chart begins some days before the world, so that the first moments are not at its edge. */
const BEFORE_MS = 3 * DAY_MS;

/** Width of a date, in pixels. */
const MARK_WIDTH = 52;

function firstMonday(ms: number): number {
  const day = Math.ceil(ms / DAY_MS);
  // 1970 began on a Thursday.
  const untilMonday = (((4 - day) % 7) + 7) % 7;
  return (day + untilMonday) * DAY_MS;
}
