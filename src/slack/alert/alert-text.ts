import { describeSpan } from "../../token/duration.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import { isPartlyChecked } from "../../token/unread.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Alert } from "../../watch/alert.ts";
import { isAboutIds, isBlocked, isUnanswered } from "../../token/known.ts";
import { callsTo } from "../mention.ts";
import { slackDate } from "../moment.ts";
import { bold, literal } from "../mrkdwn.ts";
import { words } from "../../words/words.ts";
import { callText } from "../verdict/evidence.ts";
import { alertFacts, expiryText, type Fact, isUrgent } from "./facts.ts";
import { findingLines } from "./finding-lines.ts";
import { responseLines } from "./response-text.ts";
import { SHARES } from "./shares.ts";
import { stepLines, unansweredLine, unreadSteps } from "./steps.ts";
import { notReadLines, triedLines, unreadLines } from "./unread-lines.ts";

/** An alert in words, in the order of a reader's questions. Each line is mrkdwn. */
export interface AlertWords {
  /** Which watch, its state, and why. */
  readonly what: readonly string[];
  /** What stops, which number and account, whose it is, when it ends. */
  readonly facts: readonly Fact[];
  readonly todo: readonly string[];
  /** Since when, and on which call it rests. */
  readonly times: readonly string[];
  /** Who took or snoozed it. */
  readonly responses: readonly string[];
}

/** When the token ends, and when it would have ended before the fix. */
const expiryChange = (alert: Alert, timezone: string): readonly string[] => {
  const after = alert.verdict?.token?.expiry;
  if (after === undefined) return [];
  const [was, is] = [expiryText(alert.before.expiry, timezone), expiryText(after, timezone)];
  const known = alert.before.expiry.kind !== "not_known";
  return [was === is || !known ? `Token ends: ${is}.` : `Token ends: ${is} (before: ${was}).`];
};

export const failureText = (failure: InspectionFailure): string => literal(failure.message, SHARES.failure);

/** When the shown verdict was seen, and by which call. */
export const seenText = ({ evidence, checkedAt }: Verdict, timezone: string): string =>
  evidence === null
    ? `Seen ${slackDate(checkedAt, timezone)} by the shape of the value; no call was made.`
    : `Seen ${slackDate(evidence.at, timezone)} by ${callText(evidence)}.`;

export const watchName = (alert: Pick<Alert, "card">): string => bold(literal(alert.card.name, SHARES.name));

/** "Critical" or "Warning": the first word of every open alert. */
export const severityWord = ({ severity }: Pick<Alert, "severity">): string =>
  severity === "critical" ? "Critical" : "Warning";

/** Why nothing was found out, in as many words as are sure: a blocked app is known to be wrong. */
const unansweredText = ({ failing, verdict }: Alert): string => {
  if (isBlocked(failing)) return "could not be checked, because Meta has blocked or deleted its app.";
  const fine = verdict === null || verdict.state === "healthy";
  return `could not be checked.${fine ? " Nothing is known to be wrong with the token." : ""}`;
};

/** "The problem was fixed and came back 3 times since …"; nothing for one that never came back. */
const reopenedLines = ({ reopened, openedAt }: Alert, timezone: string): readonly string[] => {
  if (reopened === null) return [];
  const times = reopened.times === 1 ? "once" : `${reopened.times} times`;
  return [`The problem was fixed and came back ${times} since ${slackDate(openedAt, timezone)}.`];
};

/** A live token of which not every configured id was read. */
const unreadWords = (alert: Alert, verdict: Verdict, timezone: string): Omit<AlertWords, "responses"> => ({
  what: [
    `${severityWord(alert)}: ${watchName(alert)} is not fully checked. The token is alive.`,
    ...unreadLines(verdict, (at) => slackDate(at, timezone)),
  ],
  facts: alertFacts(alert, timezone),
  todo: unreadSteps(verdict, alert.card.name),
  times: [
    `Open since ${slackDate(alert.openedAt, timezone)}.`,
    seenText(verdict, timezone),
    ...triedLines(verdict, (at) => slackDate(at, timezone)),
  ],
});

/** The word of a state, and what it leaves out. */
const answerWord = (verdict: Verdict): string =>
  verdict.state === "healthy" && isPartlyChecked(verdict) ? "Alive, not fully checked" : words.states[verdict.state];

const notCheckedWords = (alert: Alert, timezone: string): Omit<AlertWords, "responses"> => {
  const { failing, verdict, card } = alert;
  return {
    what: [
      `${severityWord(alert)}: ${watchName(alert)} ${unansweredText(alert)}`,
      ...(failing === null ? [] : [`Since ${slackDate(failing.since, timezone)}: ${failureText(failing.failure)}`]),
    ],
    facts: alertFacts(alert, timezone),
    todo: failing === null ? [] : [unansweredLine(failing.failure, card.name)],
    times: [
      verdict === null
        ? "No answer about this token so far."
        : `Last answer: ${answerWord(verdict)}. ${seenText(verdict, timezone)}`,
    ],
  };
};

const problemWords = (alert: Alert, verdict: Verdict, timezone: string): Omit<AlertWords, "responses"> => {
  const { failing, card } = alert;
  return {
    what: [
      `${severityWord(alert)}: ${watchName(alert)} is ${words.states[verdict.state].toLowerCase()}.`,
      ...findingLines(verdict, timezone),
      ...(failing === null
        ? []
        : [`Not re-checked since ${slackDate(failing.since, timezone)}: ${failureText(failing.failure)}`]),
    ],
    facts: alertFacts(alert, timezone),
    todo: stepLines(verdict, card.source),
    // Not of the state: an alert that began as a warning may be about a dead token by now.
    times: [`Open since ${slackDate(alert.openedAt, timezone)}.`, seenText(verdict, timezone)],
  };
};

const howFixed = ({ resolution, kind }: Alert, partly: boolean): string => {
  if (resolution === "rotated") return "The token was replaced.";
  const healthy = partly ? "alive" : "healthy";
  return kind === "not_checked"
    ? `It could be checked again, and the token is ${healthy}.`
    : `The token is ${healthy} again.`;
};

/** How it ended well: "Fixed: *orders-prod*. The token was replaced." and when the token ends now. */
export const fixedWords = (alert: Alert, timezone: string): readonly string[] => {
  const notRead = alert.verdict === null ? [] : notReadLines(alert.verdict).map((line) => `${line}.`);
  const fixed = `Fixed: ${watchName(alert)}. ${howFixed(alert, notRead.length > 0)}`;
  return [fixed, ...expiryChange(alert, timezone), ...notRead];
};

/** "Open from … to … (2 hours)." */
export const openSpanText = (from: Date, to: Date, timezone: string): string =>
  `Open from ${slackDate(from, timezone)} to ${slackDate(to, timezone)} (${describeSpan(to.getTime() - from.getTime())}).`;

const resolvedWords = (alert: Alert, resolvedAt: Date, timezone: string): AlertWords => {
  const unwatched = alert.resolution === "unwatched";
  return {
    what: unwatched
      ? [`No longer watched: ${watchName(alert)} left the watchlist. The problem may still be there.`]
      : fixedWords(alert, timezone),
    facts: alertFacts(alert, timezone),
    todo: [],
    times: [
      openSpanText(alert.openedAt, resolvedAt, timezone),
      ...reopenedLines(alert, timezone),
      ...(unwatched || alert.verdict === null ? [] : [seenText(alert.verdict, timezone)]),
    ],
    responses: [],
  };
};

const openWords = (alert: Alert, timezone: string): Omit<AlertWords, "responses"> => {
  const { verdict } = alert;
  if (verdict === null || isUnanswered(alert)) return notCheckedWords(alert, timezone);
  return isAboutIds(alert) ? unreadWords(alert, verdict, timezone) : problemWords(alert, verdict, timezone);
};

export const alertWords = (alert: Alert, timezone: string): AlertWords => {
  if (alert.resolvedAt !== null) return resolvedWords(alert, alert.resolvedAt, timezone);
  const problem = openWords(alert, timezone);
  const what = [...problem.what, ...reopenedLines(alert, timezone)];
  return { ...problem, what, responses: responseLines(alert, timezone) };
};

/** The whole alert, most important first: screen readers and notifications get nothing else. */
export const alertLines = (alert: Alert, timezone: string): readonly string[] => {
  const { what, facts, todo, times, responses } = alertWords(alert, timezone);
  return [...what, ...facts.map(({ label, value }) => `${label}: ${value}.`), ...todo, ...times, ...responses];
};

/** Calls those who must notice an open critical alert: its owner and who is on call. */
export const alertCalls = (alert: Alert): string =>
  isUrgent(alert) ? callsTo([alert.card.owner, alert.card.oncall]) : "";
