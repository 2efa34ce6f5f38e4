import * as slackDate from "../../slack-date.ts";

/** "08:00 UTC": all people of the demo live in UTC, and the text shows the zone. */
export const clockTime = (at: Date, seconds = false): string => `${slackDate.clock24(at, "UTC", seconds)} UTC`;

/** "Friday, November 27, 2026". */
export const longDate = (at: Date): string => slackDate.longDate(at, "UTC");

/** A Slack date for a viewer in UTC. */
export const slackDateText = (seconds: number, format: string, fallback: string, now: Date): string =>
  slackDate.slackDateText(seconds, format, fallback, { timeZone: "UTC", now, time: clockTime });
