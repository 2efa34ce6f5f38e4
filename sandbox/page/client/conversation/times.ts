import { clock12, longDate } from "../../../slack-date.ts";

/** "8:00 AM" in the viewer's time zone. */
export function timeOf(ts: string): string {
  return clock12(at(ts), undefined, false);
}

/** "Sunday, November 22, 2026" in the viewer's time zone. */
export function dayOf(ts: string): string {
  return longDate(at(ts), undefined);
}

export function exactTimeOf(ts: string): string {
  return `${dayOf(ts)}, ${timeOf(ts)}`;
}

function at(ts: string): Date {
  return new Date(Number(ts) * 1000);
}
