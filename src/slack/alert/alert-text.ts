import { describeSpan, durationWords } from "../../token/duration.ts";
import { type Expiry, isPast } from "../../token/expiry.ts";
import type { Finding } from "../../token/finding.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import { answers, tellingFindings } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Alert } from "../../watch/alert.ts";
import { slackDate } from "../moment.ts";
import { bold, literal } from "../mrkdwn.ts";
import { STATE_WORDS } from "../state-words.ts";
import { unansweredStep } from "../verdict/next-step.ts";
import { findingSentence } from "../verdict/sentence.ts";
import { responseLines } from "./response-text.ts";

/** Shares of the message in characters; together below its limit, so that no part pushes another one out. */
const SHARES = { name: 100, finding: 600, findings: 1_500, remedies: 800, failure: 400 } as const;

const expiryText = (expiry: Expiry, timezone: string): string => {
  switch (expiry.kind) {
    case "never":
      return "never";
    case "not_known":
      return "not known";
    case "at":
      return slackDate(expiry.at, timezone);
  }
};

/** When the token ends, and when it would have ended before the fix. */
const expiryChange = (alert: Alert, timezone: string): readonly string[] => {
  const after = alert.verdict?.token?.expiry;
  if (after === undefined) return [];
  const [was, is] = [expiryText(alert.before.expiry, timezone), expiryText(after, timezone)];
  const known = alert.before.expiry.kind !== "not_known";
  return [was === is || !known ? `Token ends: ${is}.` : `Token ends: ${is} (before: ${was}).`];
};

/** What of a finding's time is true as of when it was seen only: the message stands for days. */
const thresholdText = ({ code, notRecheckedSince }: Finding, { threshold, token, checkedAt }: Verdict): string => {
  const running = token !== null && !isPast(token.expiry, checkedAt);
  return code === "expires_soon" && notRecheckedSince === null && threshold !== null && running
    ? ` (at most ${durationWords(threshold)} left when seen).`
    : "";
};

const findingLine = (finding: Finding, verdict: Verdict, timezone: string): string => {
  const said = findingSentence(finding, verdict, (at) => slackDate(at, timezone), SHARES.finding);
  const threshold = thresholdText(finding, verdict);
  return threshold === "" ? said : `${said.replace(/\.$/, "")}${threshold}`;
};

/** What is wrong, what makes the state first, and what is left out when it is too much. */
const findingLines = (verdict: Verdict, timezone: string): readonly string[] => {
  const all = tellingFindings(verdict).map((finding) => findingLine(finding, verdict, timezone));
  let room: number = SHARES.findings;
  const shown = all.filter((line) => (room -= line.length) >= 0);
  const more = all.length - shown.length;
  return more === 0 ? shown : [...shown, `And ${more} more: see /wa-token status.`];
};

const remedyLine = (verdict: Verdict): readonly string[] => {
  const remedies = answers(verdict).map((finding) => finding.remedy);
  return remedies.length === 0 ? [] : [`What to do: ${literal(remedies.join(" "), SHARES.remedies)}`];
};

/** What is wrong and what to do about it; for a reply on one line. */
export const problemWords = (verdict: Verdict, timezone: string): readonly string[] => [
  ...findingLines(verdict, timezone),
  ...remedyLine(verdict),
];

export const failureText = (failure: InspectionFailure): string => literal(failure.message, SHARES.failure);

/** When the shown verdict was seen; by which call stands beside it (alert-view.ts). */
const seenText = (verdict: Verdict, timezone: string): string =>
  verdict.evidence === null
    ? `Seen ${slackDate(verdict.checkedAt, timezone)}; no call was made.`
    : `Seen ${slackDate(verdict.evidence.at, timezone)}.`;

export const watchName = (alert: Alert): string => bold(literal(alert.card.name, SHARES.name));

/** What to do about the failure; a person is needed only where the bot's own configuration is wrong. */
const unansweredLine = (alert: Alert, failure: InspectionFailure): string => {
  const { text, topic } = unansweredStep(failure);
  const more = topic === undefined ? "" : ` See \`/wa-token status ${literal(alert.card.name, SHARES.name)}\`.`;
  return `What to do: ${text}${more}`;
};

const notCheckedLines = (alert: Alert, timezone: string): readonly string[] => {
  const { failing, verdict } = alert;
  const fine = verdict === null || verdict.state === "healthy";
  return [
    `Warning: ${watchName(alert)} could not be checked.${fine ? " Nothing is known to be wrong with the token." : ""}`,
    ...(failing === null
      ? []
      : [
          `Since ${slackDate(failing.since, timezone)}: ${failureText(failing.failure)}`,
          unansweredLine(alert, failing.failure),
        ]),
    verdict === null
      ? "No answer about this token so far."
      : `Last answer: ${STATE_WORDS[verdict.state]}. ${seenText(verdict, timezone)}`,
  ];
};

const problemLines = (alert: Alert, timezone: string): readonly string[] => {
  const { verdict, severity, failing } = alert;
  if (verdict === null) return notCheckedLines(alert, timezone);
  const word = severity === "critical" ? "Critical" : "Warning";
  const stale =
    failing === null
      ? []
      : [`Not re-checked since ${slackDate(failing.since, timezone)}: ${failureText(failing.failure)}`];
  return [
    `${word}: ${watchName(alert)} is ${STATE_WORDS[verdict.state].toLowerCase()}.`,
    ...problemWords(verdict, timezone),
    // Not of the state: an alert that began as a warning may be about a dead token by now.
    `Open since ${slackDate(alert.openedAt, timezone)}.`,
    ...stale,
    seenText(verdict, timezone),
  ];
};

/** How it ended well: "Fixed: *orders-prod*. The token was replaced." and when the token ends now. */
export const fixedWords = (alert: Alert, timezone: string): readonly string[] => {
  const how =
    alert.resolution === "rotated"
      ? "The token was replaced."
      : alert.kind === "not_checked"
        ? "It could be checked again, and the token is healthy."
        : "The token is healthy again.";
  return [`Fixed: ${watchName(alert)}. ${how}`, ...expiryChange(alert, timezone)];
};

const resolvedLines = (alert: Alert, resolvedAt: Date, timezone: string): readonly string[] => {
  const lasted = describeSpan(resolvedAt.getTime() - alert.openedAt.getTime());
  const span = `Open from ${slackDate(alert.openedAt, timezone)} to ${slackDate(resolvedAt, timezone)} (${lasted}).`;
  if (alert.resolution === "unwatched")
    return [`No longer watched: ${watchName(alert)} left the watchlist. The problem may still be there.`, span];
  return [...fixedWords(alert, timezone), span, ...(alert.verdict === null ? [] : [seenText(alert.verdict, timezone)])];
};

/** The whole alert in words, most important first: screen readers and notifications get nothing else. */
export const alertLines = (alert: Alert, timezone: string): readonly string[] => {
  if (alert.resolvedAt !== null) return resolvedLines(alert, alert.resolvedAt, timezone);
  const problem = alert.kind === "not_checked" ? notCheckedLines(alert, timezone) : problemLines(alert, timezone);
  return [...problem, ...responseLines(alert, timezone)];
};
