const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are dear to make, and there is one time zone. */
const formatOf = (timezone: string): Intl.DateTimeFormat => {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  formats.set(timezone, made);
  return made;
};

/** An instant in plain words, in the configured time zone: "27 Nov 2026, 08:00 UTC". For texts read aloud. */
export const plainTime = (at: Date, timezone: string): string =>
  Number.isNaN(at.getTime()) ? "an unreadable date" : formatOf(timezone).format(at);

/**
 * An instant as Slack shows it in each viewer's own time zone, with the configured zone as fallback
 * (formatting message text, date formatting, docs.slack.dev, read 2026-11). mrkdwn only.
 */
export const slackDate = (at: Date, timezone: string): string =>
  Number.isNaN(at.getTime())
    ? plainTime(at, timezone)
    : `<!date^${Math.floor(at.getTime() / 1_000)}^{date_short_pretty} {time}|${plainTime(at, timezone)}>`;

/** How instants are written: `slackDate` in blocks, `plainTime` in texts, both with the zone filled in. */
export type ShowTime = (at: Date) => string;
