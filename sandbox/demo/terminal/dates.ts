import * as slackDate from "../../slack-date.ts";

/** "08:00 UTC": all people of the demo live in UTC, and the text shows the zone. */
export function clockTime(at: Date, seconds = false): string {
  return `${slackDate.clock24(at, "UTC", seconds)} UTC`;
}

/** "Friday, November 27, 2026". */
export function longDate(at: Date): string {
  return slackDate.longDate(at, "UTC");
}

/** A Slack date for a viewer in UTC. */
export function slackDateText(seconds: number, format: string, fallback: string, now: Date): string {
  return slackDate.slackDateText(seconds, format, fallback, { timeZone: "UTC", now, time: clockTime });
}
