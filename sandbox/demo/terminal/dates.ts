const DAY_MS = 86_400_000;

const inUtc = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options });

const SHORT = inUtc({ year: "numeric", month: "short", day: "numeric" });
const PLAIN = inUtc({ year: "numeric", month: "long", day: "numeric" });
const LONG = inUtc({ weekday: "long", year: "numeric", month: "long", day: "numeric" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit" });
const SECONDS = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", timeStyle: "medium" });

/** "08:00 UTC": the demo's people all live in UTC, and are told so. */
export const clockTime = (at: Date): string => `${CLOCK.format(at)} UTC`;

/** "Friday, November 27, 2026". */
export const longDate = (at: Date): string => LONG.format(at);

const NEAR: Readonly<Record<number, string>> = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };

const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

const token = (name: string, at: Date, now: Date): string | undefined => {
  const near = name.endsWith("_pretty") ? NEAR[dayOf(at) - dayOf(now)] : undefined;
  switch (name.replace("_pretty", "")) {
    case "date":
      return near ?? PLAIN.format(at);
    case "date_short":
      return near ?? SHORT.format(at);
    case "date_long":
      return near ?? LONG.format(at);
    case "date_num":
      return at.toISOString().slice(0, 10);
    case "time":
      return clockTime(at);
    case "time_secs":
      return `${SECONDS.format(at)} UTC`;
    default:
      return undefined;
  }
};

/**
 * The text of Slack's `<!date^seconds^format|fallback>` for a viewer in UTC; unknown tokens stay as they are, an
 * unreadable date shows its fallback (formatting message text, docs.slack.dev, read 2026-11).
 */
export const slackDateText = (seconds: number, format: string, fallback: string, now: Date): string => {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  return format.replaceAll(/\{(\w+)\}/g, (whole, name: string) => token(name, at, now) ?? whole);
};
