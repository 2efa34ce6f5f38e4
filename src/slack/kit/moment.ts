/** A time in plain words, in the configured time zone: "27 Nov 2026, 08:00 UTC". For screen readers. */
export function plainTime(at: Date, timezone: string): string {
  return Number.isNaN(at.getTime()) ? "an unreadable date" : formatOf(timezone).format(at);
}

/**
 * A time that Slack shows in each viewer's own time zone, with the configured zone as fallback (formatting message
 * text, date formatting, docs.slack.dev, read 2026-11). mrkdwn only.
 */
export function slackDate(at: Date, timezone: string): string {
  return Number.isNaN(at.getTime())
    ? plainTime(at, timezone)
    : `<!date^${Math.floor(at.getTime() / 1_000)}^{date_short_pretty} {time}|${plainTime(at, timezone)}>`;
}

/** Formats a time: `slackDate` in blocks, `plainTime` in texts, both with the time zone filled in. */
export type ShowTime = (at: Date) => string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are expensive to create, and there is one time zone. */
function formatOf(timezone: string): Intl.DateTimeFormat {
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
}
