import type { Alert, Reason } from "../../alert/alert.ts";
import type { ForecastMessage } from "../../watch/forecast/messages.ts";
import type { Remark } from "../../watch/forecast/forecast-watch.ts";
import { happenedText } from "../../words/alert-text.ts";
import { leftText } from "../../words/fact-text.ts";
import { terminalText } from "../../words/plain-text.ts";
import { counted } from "../../words/values.ts";
import { words } from "../../words/words.ts";

/** What a message says, in one short phrase: "Token expiring, 7 days left". */
export function messageWords({ kind, reason, announced }: ForecastMessage): string {
  const alert = announced.at(-1)?.alert;
  if (alert === undefined) return terminalText(words.history.event(reason));
  const happened = withTimeLeft(alert);
  if (kind === "escalation") return `Escalation, because nobody responded: ${happened}`;
  if (kind === "post") return `${happened.charAt(0).toUpperCase()}${happened.slice(1)}`;
  if (reason === "reminder") return `Still not fixed: ${happened}`;
  const event = terminalText(words.history.event(reason));
  if (reason === "worse" && alert.verdict?.state === "expiring") return `Closer to expiry: ${happened}`;
  return SAYS_ALL.has(reason) ? event : `${event}: ${happened}`;
}

export function digestWords(watches: number): string {
  return `Digest of ${counted(watches, "watch", "watches")}`;
}

/** A remark about a watch, as one sentence after its name. */
export const REMARKS: Readonly<Record<Remark, string>> = {
  never_checked: "the bot has not checked this token yet, so nothing can be said about it.",
  unreadable: "the stored data of this watch cannot be read, so nothing can be said about it. Run wa-token doctor.",
  failing: "the last check failed. This forecast assumes that checks keep failing, so it has no expiry warnings.",
  end_not_known: "Meta did not say when this token expires, so its expiry is not in this forecast.",
  never_expires: "this token does not expire.",
  refreshes_itself:
    "the bot refreshes this token by itself. This forecast assumes that the refresh succeeds, and lists nothing after it for this token.",
  refresh_fails:
    "the bot refreshes this token by itself, but the last refresh failed or the token has a problem. This forecast assumes that no refresh succeeds.",
  waiting: "an update of its alert already waits for delivery. This forecast does not list that update.",
};

/** These events need no further word about the problem. */
const SAYS_ALL: ReadonlySet<Reason> = new Set(["stale", "recovered", "rotated", "unwatched"]);

function withTimeLeft(alert: Alert): string {
  const happened = happenedText(alert);
  const { verdict } = alert;
  const left = verdict?.state === "expiring" ? leftText(verdict) : undefined;
  return left === undefined ? happened : `${happened}, ${left} left`;
}
