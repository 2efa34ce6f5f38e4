/** "Tue, 24 Nov 2026". The playground's bot uses UTC, so the page's own dates do too. */
export function dayOf(iso: string): string {
  return DAY.format(new Date(iso));
}

/** "08:05" */
export function timeOf(iso: string): string {
  return TIME.format(new Date(iso));
}

/** "Tue, 24 Nov 08:05" */
export function momentOf(iso: string): string {
  return `${SHORT_DAY.format(new Date(iso))} ${timeOf(iso)}`;
}

/** "24 Nov" */
export function markOf(ms: number): string {
  return MARK.format(new Date(ms));
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
}

const DAY = format({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
const SHORT_DAY = format({ weekday: "short", day: "numeric", month: "short" });
const MARK = format({ day: "numeric", month: "short" });
const TIME = format({ hour: "2-digit", minute: "2-digit" });
