import { describeSpan } from "../../token/duration.ts";
import type { Expiry } from "../../token/expiry.ts";
import type { Finding } from "../../token/finding.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Alert } from "../../watch/alert.ts";
import { slackDate } from "../moment.ts";
import { escapeMrkdwn } from "../mrkdwn.ts";
import { STATE_WORDS } from "../state-words.ts";
import { callText } from "../verdict/evidence.ts";

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

/** When the token ended or ends, before and after a fix: "was Nov 27, now never". */
export const expiryChange = (alert: Alert, timezone: string): string | undefined => {
  const after = alert.verdict?.token?.expiry;
  if (after === undefined) return undefined;
  const [was, is] = [expiryText(alert.before.expiry, timezone), expiryText(after, timezone)];
  return was === is ? `Token ends: ${is}.` : `Token ends: ${is} (before: ${was}).`;
};

const findingLine = (finding: Finding, timezone: string): string => {
  const since = finding.notRecheckedSince;
  const stale = since === null ? "" : ` (Not re-checked since ${slackDate(since, timezone)}.)`;
  return `${escapeMrkdwn(finding.message)}${stale}`;
};

/** Worth a line in an alert: everything but remarks. */
export const tellingFindings = (verdict: Verdict | null): readonly Finding[] =>
  (verdict?.findings ?? []).filter((finding) => finding.severity !== "info");

/** When the shown verdict was seen, and by which call. */
const seenAt = (verdict: Verdict, timezone: string): string =>
  verdict.evidence === null
    ? `Seen at ${slackDate(verdict.checkedAt, timezone)}; no call was made.`
    : `Seen at ${slackDate(verdict.evidence.at, timezone)} (${callText(verdict.evidence)}).`;

const nameOf = (alert: Alert): string => `*${escapeMrkdwn(alert.card.name)}*`;

const notCheckedLines = (alert: Alert, timezone: string): readonly string[] => {
  const { failing } = alert;
  const lines = [`Warning: ${nameOf(alert)} could not be checked. Nothing is known to be wrong with the token.`];
  if (failing !== null) {
    lines.push(`Since ${slackDate(failing.since, timezone)}: ${escapeMrkdwn(failing.failure.message)}`);
  }
  lines.push(
    alert.verdict === null
      ? "No answer about this token so far."
      : `Last answer: ${STATE_WORDS[alert.verdict.state]}. ${seenAt(alert.verdict, timezone)}`,
  );
  return lines;
};

const problemLines = (alert: Alert, timezone: string): readonly string[] => {
  const { verdict, severity, failing } = alert;
  if (verdict === null) return notCheckedLines(alert, timezone);
  const word = severity === "critical" ? "Critical" : "Warning";
  const findings = tellingFindings(verdict);
  const remedies = [...new Set(findings.map((finding) => finding.remedy))];
  const stale =
    failing === null
      ? []
      : [`Not re-checked since ${slackDate(failing.since, timezone)}: ${escapeMrkdwn(failing.failure.message)}`];
  return [
    `${word}: ${nameOf(alert)} is ${STATE_WORDS[verdict.state].toLowerCase()}.`,
    ...findings.map((finding) => findingLine(finding, timezone)),
    `Since ${slackDate(alert.openedAt, timezone)}.`,
    ...(remedies.length === 0 ? [] : [`What to do: ${remedies.map(escapeMrkdwn).join(" ")}`]),
    ...stale,
    seenAt(verdict, timezone),
  ];
};

const resolvedLines = (alert: Alert, resolvedAt: Date, timezone: string): readonly string[] => {
  const lasted = describeSpan(resolvedAt.getTime() - alert.openedAt.getTime());
  const span = `Open from ${slackDate(alert.openedAt, timezone)} to ${slackDate(resolvedAt, timezone)} (${lasted}).`;
  if (alert.resolution === "unwatched")
    return [`No longer watched: ${nameOf(alert)} left the watchlist. The problem may still be there.`, span];
  const how = alert.resolution === "rotated" ? "The token was replaced" : "The token is healthy again";
  const expiry = expiryChange(alert, timezone);
  return [
    `Fixed: ${nameOf(alert)}. ${how}.`,
    span,
    ...(expiry === undefined ? [] : [expiry]),
    ...(alert.verdict === null ? [] : [seenAt(alert.verdict, timezone)]),
  ];
};

/** The whole alert in words, most important first: screen readers and notifications get nothing else. */
export const alertLines = (alert: Alert, timezone: string): readonly string[] => {
  if (alert.resolvedAt !== null) return resolvedLines(alert, alert.resolvedAt, timezone);
  return alert.kind === "not_checked" ? notCheckedLines(alert, timezone) : problemLines(alert, timezone);
};
