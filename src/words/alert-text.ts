import type { Spans } from "../guide/rich-text.ts";
import { describeSpan } from "../token/duration.ts";
import { isPast } from "../token/expiry.ts";
import type { Finding, FindingCode } from "../token/findings/finding.ts";
import { isAboutIds, isBlocked, isUnanswered } from "../token/known.ts";
import { tellingFindings } from "../token/telling.ts";
import { isPartlyChecked } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Standing } from "../alert/alert.ts";
import { hasResponse } from "../alert/reminders-off.ts";
import { alertFacts } from "./alert-facts.ts";
import { alertSteps } from "./alert-steps.ts";
import { expiryText, leftText, seenText } from "./fact-text.ts";
import { cutSpans, fittingSpans } from "./cut-spans.ts";
import { findingSentence } from "./finding-words.ts";
import { impactText } from "./impact.ts";
import { failureCause } from "./source-failure.ts";
import { sentences } from "./values.ts";
import { notReadTexts, triedTexts, unreadTexts } from "./unread-text.ts";
import { words } from "./words.ts";

/** An alert in sentences, in the order in which a person needs them. */
export interface AlertText {
  readonly standing: Standing;
  /** "🔴 orders-prod: token revoked" */
  readonly headline: Spans;
  /** The impact in one sentence; empty when nothing stops working, or when that is not known. */
  readonly impact: Spans;
  /** The cause, one line each. */
  readonly cause: readonly Spans[];
  /** The steps, one line each. */
  readonly steps: readonly Spans[];
  /** Escalation and people's responses, one line each. */
  readonly responses: readonly Spans[];
  /** The phone number, account, owner and token. */
  readonly facts: readonly Spans[];
  /** Since when the alert is open, and the evidence. */
  readonly times: readonly Spans[];
}

/** @param renews true when renewals from Slack are on */
export function alertText(alert: Alert, renews = false): AlertText {
  return alert.resolvedAt === null
    ? openText(alert, renews ? words.alerts.renew : undefined)
    : overText(alert, alert.resolvedAt);
}

/**
 * The token's problems, worst first, within the space of a message.
 * @param said a problem that the message already describes
 */
export function causeTexts(verdict: Verdict, said?: FindingCode): readonly Spans[] {
  const all = tellingFindings(verdict)
    .filter(({ code }) => code !== said)
    .map((finding) => cutSpans(findingSentence(finding, verdict), LONGEST_CAUSE));
  const shown = fittingSpans(all, ROOM_FOR_CAUSES);
  const more = all.length - shown.length;
  return more === 0 ? shown : [...shown, words.alerts.moreFindings(more)];
}

/** How the problem ended, when the token ends now, and which IDs are still not read. */
export function fixedTexts(alert: Alert): readonly Spans[] {
  const { alerts } = words;
  const notRead = notReadTexts(alert.verdict).map(alerts.sentence);
  return [howFixed(alert), ...expiryChange(alert), ...notRead].filter((text) => text.length > 0);

  function howFixed({ resolution, kind }: Alert): Spans {
    if (resolution === "rotated") return alerts.tokenReplaced;
    return kind === "not_checked" ? alerts.checkedAgain : alerts.healthyAgain;
  }
}

/** A short phrase for what happened: "token revoked", "could not be checked", "fixed". */
export function happenedText(alert: Alert): string {
  const { alerts } = words;
  if (alert.resolvedAt !== null) return alert.resolution === "unwatched" ? alerts.unwatched : alerts.fixed;
  if (isBlocked(alert.failing)) return alerts.appBlocked;
  if (alert.verdict === null || isUnanswered(alert)) return alerts.notChecked;
  return isAboutIds(alert) ? alerts.notFullyChecked : (degradedBy(alert) ?? alerts.tokenIs(alert.verdict.state));
}

/** "Meta blocks sending": the cause of a degraded token; undefined for another state or a cause without a name. */
function degradedBy(alert: Alert): string | undefined {
  const { verdict } = alert;
  if (verdict?.state !== "degraded" || isUnanswered(alert) || isAboutIds(alert)) return undefined;
  const [first] = tellingFindings(verdict);
  return first === undefined ? undefined : words.alerts.degradedBy[first.code];
}

const LONGEST_CAUSE = 450;
const ROOM_FOR_CAUSES = 800;

function openText(alert: Alert, renew: Spans | undefined): AlertText {
  const { verdict } = alert;
  const steps = alertSteps(alert, renew);
  if (verdict === null || isUnanswered(alert)) return withCommon(alert, steps, unansweredText(alert));
  return withCommon(alert, steps, isAboutIds(alert) ? unreadText(verdict) : problemText(alert, verdict));
}

type Own = Pick<AlertText, "impact" | "cause" | "times">;

function withCommon(alert: Alert, steps: readonly Spans[], own: Own): AlertText {
  const { severity, card, reopened, openedAt } = alert;
  const { alerts } = words;
  return {
    standing: severity,
    headline: alerts.headline(severity, card.name, happenedText(alert)),
    impact: own.impact,
    cause: [...own.cause, ...(reopened === null ? [] : [alerts.cameBack(reopened.times, openedAt)])],
    steps,
    responses: responseTexts(alert),
    facts: alertFacts(alert),
    // Uses the alert's severity, not the token's state: an alert that began as a warning may be about a dead token by
    // now.
    times: [
      alerts.sentence(
        alerts.openSince(
          severity,
          openedAt,
          failedText(alert),
          degradedBy(alert) === undefined ? undefined : "degraded",
        ),
      ),
      ...own.times,
    ],
  };
}

/** How long checks had failed when the alert opened; undefined when the alert is not about failed checks. */
function failedText({ kind, failing, openedAt }: Alert): string | undefined {
  const failedMs = failing === null ? 0 : openedAt.getTime() - failing.since.getTime();
  return kind === "not_checked" && failedMs > 0 ? describeSpan(failedMs) : undefined;
}

function problemText(alert: Alert, verdict: Verdict): Own {
  const { failing } = alert;
  return {
    impact: impactText([alert]),
    cause: [
      ...causeTexts(verdict, isFreshEnd(verdict) ? "expires_soon" : undefined),
      ...daysLeftTexts(verdict),
      ...(failing === null
        ? []
        : [
            sentences(
              words.alerts.lastAnswerAt(verdict.evidence?.at ?? verdict.checkedAt),
              words.alerts.failingSince(failing.since, failureCause(failing.failure, alert)),
            ),
          ]),
    ],
    times: [seenText(verdict)],
  };
}

/** Uses the days left at the time of the check, because the message stays for days. */
function daysLeftTexts(verdict: Verdict): readonly Spans[] {
  const left = leftText(verdict);
  return isFresh(verdict.findings) && left !== undefined ? [words.alerts.daysLeft(left)] : [];
}

/** True when the last check confirmed that the token expires soon. */
function isFresh(findings: readonly Finding[]): boolean {
  return findings.some(({ code, notRecheckedSince }) => code === "expires_soon" && notRecheckedSince === null);
}

/** True when the impact gives the expiry date, and the last check confirmed it. */
function isFreshEnd({ state, findings, token, checkedAt }: Verdict): boolean {
  const isAhead = token?.expiry.kind === "at" && !isPast(token.expiry, checkedAt);
  return state === "expiring" && isAhead && isFresh(findings);
}

function unreadText(verdict: Verdict): Own {
  return {
    impact: words.alerts.isAlive(1),
    cause: unreadTexts(verdict),
    times: [seenText(verdict), ...triedTexts(verdict)],
  };
}

function unansweredText(alert: Alert): Own {
  const { failing, verdict } = alert;
  const { alerts } = words;
  return {
    impact: impactText([alert]),
    cause: failing === null ? [] : [alerts.failingSince(failing.since, failureCause(failing.failure, alert))],
    times: [verdict === null ? alerts.noAnswerYet : alerts.lastAnswer(answerWord(verdict), seenText(verdict))],
  };
}

/** The word of a state, including "not fully checked". */
function answerWord(verdict: Verdict): string {
  return verdict.state === "healthy" && isPartlyChecked(verdict)
    ? words.results.notFullyChecked
    : words.states[verdict.state];
}

function overText(alert: Alert, resolvedAt: Date): AlertText {
  const { alerts } = words;
  const isUnwatched = alert.resolution === "unwatched";
  const [impact = [], ...cause] = isUnwatched ? [alerts.leftWatchlist] : fixedTexts(alert);
  const span = describeSpan(resolvedAt.getTime() - alert.openedAt.getTime());
  return {
    standing: "over",
    headline: alerts.headline(isUnwatched ? "unwatched" : "over", alert.card.name, happenedText(alert)),
    impact,
    cause,
    steps: [],
    responses: [],
    facts: alertFacts(alert),
    times: [
      alerts.openFromTo(alert.openedAt, resolvedAt, span),
      ...(alert.reopened === null ? [] : [alerts.cameBack(alert.reopened.times, alert.openedAt)]),
      ...(isUnwatched || alert.verdict === null ? [] : [seenText(alert.verdict)]),
    ],
  };
}

function responseTexts(alert: Alert): readonly Spans[] {
  const { alerts } = words;
  const { acknowledged, snoozed, checked, escalatedAt } = alert;
  return [
    ...(escalatedAt === null ? [] : [(hasResponse(alert) ? alerts.wasEscalated : alerts.escalated)(escalatedAt)]),
    ...(acknowledged === null ? [] : [alerts.taken(acknowledged.by, acknowledged.at)]),
    ...(snoozed === null ? [] : [alerts.snoozed(snoozed.by, snoozed.until, snoozed.reason)]),
    ...(checked === null ? [] : [alerts.lastChecked(checked.by, checked.at)]),
  ];
}

/** When the token ends, and when it would have ended before the fix. */
function expiryChange(alert: Alert): readonly Spans[] {
  const after = alert.verdict?.token?.expiry;
  if (after === undefined) return [];
  const before = alert.before.expiry;
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  return [
    isSame || before.kind === "not_known"
      ? words.alerts.tokenEnds(expiryText(after))
      : words.alerts.tokenEndsNow(expiryText(after), expiryText(before)),
  ];
}
