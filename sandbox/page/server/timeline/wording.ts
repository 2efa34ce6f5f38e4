import type { State } from "../../../../src/token/findings/finding.ts";
import type { Alert, Reason } from "../../../../src/alert/alert.ts";
import type { Verdict } from "../../../../src/token/verdict.ts";
import { findingMessage } from "../../../../src/words/finding-words.ts";
import { terminalText } from "../../../../src/words/plain-text.ts";
import { words } from "../../../../src/words/words.ts";
import type { MomentView } from "../../protocol/timeline-view.ts";

export interface Moment {
  readonly reason: Reason;
  readonly severity: Alert["severity"];
  /** State of the watch after this moment. */
  readonly state: State;
  readonly cause: string | null;
  /** Name of the acting person; null for the bot. */
  readonly by: string | null;
}

/** Describes a change of an alert in the words of the bot's history, and gives its look. */
export function wordsOf(moment: Moment): Pick<MomentView, "what" | "tone" | "again"> {
  const what = happenedText(moment);
  return {
    what: CAUSELESS.has(moment.reason) || moment.cause === null ? what : `${what}: ${moment.cause}`,
    tone: toneOf(moment),
    again: moment.reason === "reminder",
  };
}

/** The message of the worst finding; null when there is none. */
export function causeOf(verdict: Verdict): string | null {
  const [first] = verdict.findings;
  return first === undefined ? null : terminalText(findingMessage(first, verdict));
}

/** These say all there is to say. */
const CAUSELESS: ReadonlySet<Reason> = new Set([
  "stale",
  "reminder",
  "escalated",
  "recovered",
  "rotated",
  "unwatched",
  "acknowledged",
  "unacknowledged",
  "unsnoozed",
  "snooze_over",
  "checked",
]);

function happenedText({ reason, state, by }: Moment): string {
  // A token that only comes closer to its end did not change.
  if (reason === "worse" && state === "expiring") return "Closer to expiry";
  const event = words.history.event(reason);
  return terminalText(by === null ? event : words.history.by(event, by));
}

function toneOf({ reason, severity }: Moment): MomentView["tone"] {
  switch (reason) {
    case "not_checked":
    case "stale":
      return "warning";
    case "escalated":
      return "critical";
    case "better":
    case "recovered":
    case "rotated":
    case "unwatched":
      return "good";
    case "acknowledged":
    case "unacknowledged":
    case "snoozed":
    case "unsnoozed":
    case "checked":
      return "person";
    default:
      return severity;
  }
}
