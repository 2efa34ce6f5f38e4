import { clock12, longDate } from "../../../slack-date.ts";

const at = (ts: string): Date => new Date(Number(ts) * 1000);

/** "8:00 AM" in the viewer's time zone. */
export const timeOf = (ts: string): string => clock12(at(ts), undefined, false);

/** "Sunday, November 22, 2026" in the viewer's time zone. */
export const dayOf = (ts: string): string => longDate(at(ts), undefined);

export const exactTimeOf = (ts: string): string => `${dayOf(ts)}, ${timeOf(ts)}`;
