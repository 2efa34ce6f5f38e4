const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });

const DAY = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const SHORT_DAY = format({ weekday: "short", day: "numeric", month: "short" });
const MARK = format({ day: "numeric", month: "short" });
const TIME = format({ hour: "2-digit", minute: "2-digit" });

/** "Tue, 24 Nov 2026". The playground's bot uses UTC, so the page's own dates do too. */
export const dayOf = (iso: string): string => DAY.format(new Date(iso));

/** "08:05" */
export const timeOf = (iso: string): string => TIME.format(new Date(iso));

/** "Tue, 24 Nov 08:05" */
export const momentOf = (iso: string): string => `${SHORT_DAY.format(new Date(iso))} ${timeOf(iso)}`;

/** "24 Nov" */
export const markOf = (ms: number): string => MARK.format(new Date(ms));
