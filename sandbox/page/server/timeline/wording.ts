import type { State } from "../../../../src/token/finding.ts";
import type { Reason } from "../../../../src/watch/alert.ts";
import type { MomentView } from "../../protocol/timeline-view.ts";

export interface Moment {
  readonly reason: Reason;
  readonly severity: "critical" | "warning";
  /** State of the watch after this moment. */
  readonly state: State;
  readonly cause: string | null;
  /** Name of the acting person; null for the bot. */
  readonly by: string | null;
}

const because = (what: string, cause: string | null): string => (cause === null ? what : `${what}: ${cause}`);

type Saying = Pick<MomentView, "what" | "tone">;

/** Describes a change of an alert in plain words and gives its look. */
export const wordsOf = (moment: Moment): Saying & Pick<MomentView, "again"> => ({
  ...sayingOf(moment),
  again: moment.reason === "reminder",
});

function sayingOf({ reason, severity, state, cause, by }: Moment): Saying {
  const who = by ?? "Somebody";
  switch (reason) {
    case "first":
      return { what: because("Alert", cause), tone: severity };
    case "not_checked":
      return { what: because("Could not check", cause), tone: "warning" };
    case "reopened":
      return { what: because("Came back", cause), tone: severity };
    case "lasts":
      return { what: because("Came back and persists", cause), tone: severity };
    case "worse":
      return { what: because(state === "expiring" ? "Closer to expiry" : "Worse", cause), tone: severity };
    case "last_day":
      return { what: because("Last day", cause), tone: severity };
    case "better":
      return { what: because("Better", cause), tone: "good" };
    case "stale":
      return { what: "Not re-checked for a while", tone: "warning" };
    case "reminder":
      return { what: "Reminder: not fixed yet", tone: severity };
    case "escalated":
      return { what: "Nobody responded: escalated", tone: "critical" };
    case "recovered":
      return { what: "Fixed", tone: "good" };
    case "rotated":
      return { what: "Fixed: a new token works", tone: "good" };
    case "unwatched":
      return { what: "No longer watched", tone: "good" };
    case "acknowledged":
      return { what: `${who} acknowledged`, tone: "person" };
    case "unacknowledged":
      return { what: `${who} undid the acknowledgement`, tone: "person" };
    case "snoozed":
      return { what: because(`${who} snoozed`, cause), tone: "person" };
    case "unsnoozed":
      return { what: `${who} ended the snooze`, tone: "person" };
    case "snooze_over":
      return { what: "The snooze ended", tone: severity };
    case "checked":
      return { what: `${who} pressed Check now`, tone: "person" };
  }
}
