/** The person who sees a formatted date. */
export interface DateViewer {
  /** Undefined: the time zone of this machine. */
  readonly timeZone: string | undefined;
  readonly now: Date;
  /** Formats a time of day for this viewer, with or without seconds. */
  readonly time: (at: Date, seconds: boolean) => string;
}

/** "Friday, November 27, 2026". */
export function longDate(at: Date, timeZone: string | undefined): string {
  return formatted(at, "en-US", { timeZone, weekday: "long", year: "numeric", month: "long", day: "numeric" });
}

/** A time of day on a clock of 24 hours: "08:00", "08:00:30". */
export function clock24(at: Date, timeZone: string | undefined, seconds: boolean): string {
  return formatted(at, "en-GB", { timeZone, timeStyle: seconds ? "medium" : "short" });
}

/** A time of day as Slack shows it: "8:00 AM". */
export function clock12(at: Date, timeZone: string | undefined, seconds: boolean): string {
  // Node writes a narrow space before AM; Slack writes a plain one.
  return formatted(at, "en-US", { timeZone, timeStyle: seconds ? "medium" : "short" }).replaceAll(/\s/g, " ");
}

/**
 * The text of Slack's `<!date^seconds^format|fallback>` for a viewer. Unknown tokens stay unchanged, and an invalid
 * date shows the fallback (formatting message text, docs.slack.dev, read 2026-11).
 */
export function slackDateText(seconds: number, format: string, fallback: string, viewer: DateViewer): string {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  return format.replaceAll(/\{(\w+)\}/g, (whole, name: string) => token(name, at, viewer) ?? whole);
}

const DAY_MS = 86_400_000;

const NEAR: Readonly<Record<number, string>> = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Creating a formatter is slow, so each one is cached. */
function formatted(at: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify([locale, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format.format(at);
}

/** "2026-11-22" in the viewer's zone. */
function isoDay(at: Date, timeZone: string | undefined): string {
  return formatted(at, "sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
}

function dayNumber(at: Date, timeZone: string | undefined): number {
  return Date.parse(isoDay(at, timeZone)) / DAY_MS;
}

function token(name: string, at: Date, { timeZone, now, time }: DateViewer): string | undefined {
  const near = name.endsWith("_pretty") ? NEAR[dayNumber(at, timeZone) - dayNumber(now, timeZone)] : undefined;
  const inWords = (options: Intl.DateTimeFormatOptions): string =>
    near ?? formatted(at, "en-US", { timeZone, year: "numeric", day: "numeric", ...options });
  switch (name.replace("_pretty", "")) {
    case "date":
      return inWords({ month: "long" });
    case "date_short":
      return inWords({ month: "short" });
    case "date_long":
      return inWords({ month: "long", weekday: "long" });
    case "date_num":
      return isoDay(at, timeZone);
    case "time":
      return time(at, false);
    case "time_secs":
      return time(at, true);
    default:
      return undefined;
  }
}
