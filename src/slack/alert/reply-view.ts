import type { Alert, Reason, Snooze, Word } from "../../watch/alert.ts";
import { isUnanswered } from "../../token/known.ts";
import { callsTo } from "../mention.ts";
import { slackDate } from "../moment.ts";
import { words } from "../../words/words.ts";
import { stateWord } from "./alert-line.ts";
import { alertWords, failureText, fixedWords, watchName } from "./alert-text.ts";
import { problemWords, remedySentence } from "./finding-lines.ts";
import { personText, reasonText } from "./response-text.ts";
import { notReadLines } from "./unread-lines.ts";
import { waitedText } from "./waited.ts";

const OPENINGS = {
  first: "New problem",
  not_checked: "Could not be checked",
  reopened: "Came back",
  lasts: "Came back and is still not fixed",
  reminder: "Still not fixed",
  worse: "Now worse",
  better: "Better, but not fixed yet",
  snooze_over: "The snooze is over",
} as const satisfies Partial<Record<Reason, string>>;

/** The snooze that the word speaks of, as long as no other one took its place. */
const snoozeOf = ({ snoozed }: Alert, { by, at }: Word): Snooze | null =>
  snoozed !== null && snoozed.by === by && snoozed.at.getTime() === at.getTime() ? snoozed : null;

/** What somebody did about it. */
const responseWords = (alert: Alert, word: Word, timezone: string): string => {
  const name = watchName(alert);
  const by = word.by === null ? "somebody" : personText(word.by);
  switch (word.reason) {
    case "acknowledged":
      return `Taken by ${by}: ${name}. No more reminders unless it gets worse.`;
    case "unacknowledged":
      return `Acknowledgement taken back by ${by}: ${name}.`;
    case "unsnoozed":
      return `Snooze ended by ${by}: ${name}.`;
    default: {
      const snooze = snoozeOf(alert, word);
      if (snooze === null) return `Snoozed by ${by}: ${name}.`;
      return `Snoozed by ${by}: ${name}, until ${slackDate(snooze.until, timezone)}. Reason: ${reasonText(snooze)}`;
    }
  }
};

/** What a check by the button found: it is not fixed, or there was no answer. */
const checkedWords = (alert: Alert, { by, verdict }: Word): string => {
  const start = `Checked by ${by === null ? "somebody" : personText(by)}: `;
  const name = watchName(alert);
  return verdict === null
    ? `${start}no answer about ${name}.`
    : `${start}${name} is still not fixed (${words.states[verdict.state].toLowerCase()}).`;
};

/** A day before the end, when no threshold speaks then. Slack writes a near date as "tomorrow" by itself. */
const lastDayWords = (alert: Alert, { verdict }: Word, timezone: string): readonly string[] => {
  const expiry = verdict?.token?.expiry;
  const end = expiry?.kind === "at" ? `ends ${slackDate(expiry.at, timezone)}` : "ends soon";
  return [`The last day: ${watchName(alert)} ${end}.`, ...(verdict === null ? [] : remedySentence(verdict))];
};

/** These are about what began some time ago. */
const TELL_SINCE: readonly Reason[] = ["reminder", "snooze_over", "lasts"];

/** Why the answer is old, or which of its ids were not read. */
const staleWords = ({ failing, verdict }: Alert): readonly string[] => {
  if (failing !== null) return [failureText(failing.failure)];
  const notRead = verdict === null ? [] : notReadLines(verdict).map((line) => `${line}.`);
  return notRead.length === 0 ? ["Meta did not answer."] : notRead;
};

/** What was not checked, and what to do about it. */
const uncheckedWords = (alert: Alert, timezone: string): readonly string[] => {
  if (alert.resolvedAt !== null) return [];
  const { what, todo } = alertWords(alert, timezone);
  return [...what.slice(1), ...todo];
};

const wordsFor = (alert: Alert, word: Word, timezone: string): readonly string[] => {
  const { reason, verdict } = word;
  const name = watchName(alert);
  switch (reason) {
    case "acknowledged":
    case "unacknowledged":
    case "snoozed":
    case "unsnoozed":
      return [responseWords(alert, word, timezone)];
    case "checked":
      return [checkedWords(alert, word)];
    case "recovered":
    case "rotated":
      return fixedWords(alert, timezone);
    case "unwatched":
      return [
        `No longer watched: ${name} left the watchlist.`,
        "The problem may still be there; nobody looks any more.",
      ];
    case "stale": {
      return [`Not re-checked for a while: ${name}.`, ...staleWords(alert), "The alert above shows the last answer."];
    }
    case "last_day":
      return lastDayWords(alert, word, timezone);
    case "escalated":
      return [`Escalated to on-call: ${name}. Nobody answered${waitedText(alert, word.at)}.`];
    case "first":
    case "not_checked":
    case "reopened":
    case "lasts":
    case "reminder":
    case "worse":
    case "better":
    case "snooze_over": {
      const since = TELL_SINCE.includes(reason) ? [`Open since ${slackDate(alert.openedAt, timezone)}.`] : [];
      if (alert.kind === "not_checked" || isUnanswered(alert))
        return [`${OPENINGS[reason]}: ${name}.`, ...since, ...uncheckedWords(alert, timezone)];
      if (verdict === null) return [`${OPENINGS[reason]}: ${name}.`, ...since];
      const state = words.states[verdict.state].toLowerCase();
      return [`${OPENINGS[reason]}: ${name} is ${state}.`, ...since, ...problemWords(verdict, timezone)];
    }
  }
};

/**
 * One word to people in the alert's thread; with `notice` it calls the owner and who is on call.
 * @param link to the message, where Slack's address is known
 */
export const replyText = (alert: Alert, word: Word, timezone: string, link?: string): string => {
  const calls = word.notice ? callsTo([alert.card.owner, alert.card.oncall]) : "";
  const said = word.reason === "reminder" ? reminderWords(alert, timezone, link) : wordsFor(alert, word, timezone);
  return `${calls}${said.join(" ")}`;
};

/** One line: the message has the rest. */
const reminderWords = (alert: Alert, timezone: string, link?: string): readonly string[] => {
  const since = slackDate(alert.openedAt, timezone);
  const where = link === undefined ? [] : [`<${link}|See what to do>.`];
  return [`${OPENINGS.reminder}: ${watchName(alert)} (${stateWord(alert)}), open since ${since}.`, ...where];
};
