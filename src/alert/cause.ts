import { findingOf, isDead } from "../token/findings/finding.ts";
import { unreadAssets } from "../token/unread.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert } from "./alert.ts";
import { isUnanswered } from "../token/known.ts";

/**
 * A key for alerts with the same likely cause, for example `dead app 100000000000042`. Null when such alerts are shown
 * separately. A problem that could not be checked again keeps its cause, because it is still the same problem.
 */
export function causeOf(alert: Alert): string | null {
  const { kind, verdict, failing, card } = alert;
  if (failing !== null && isUnanswered(alert)) return causeOfFailure(failing.failure, card);
  if (kind === "not_checked") return causeOfUnread(verdict, card);
  const leading = verdict === null ? undefined : findingOf(verdict.state, verdict.findings);
  // Several sources without a valid token are separate mistakes.
  if (verdict === null || leading === undefined || leading.code === "not_a_token") return null;
  const app = appOf(verdict, card);
  if (isDead(verdict.state)) return ofApp(DEAD, app);
  if (leading.code !== "expires_soon") return ofApp(leading.code, app);
  const end = endOf(verdict);
  return end === null ? null : causeOfEnd(end, app);
}

/**
 * True while an alert belongs in its group: it has the group's cause, or it is dead and that is no news in this group.
 * A group of dead tokens keeps every dead token, because compareVerdicts treats all dead states alike. A group of
 * expiring tokens keeps a token that expired on its date.
 */
export function keepsCause(alert: Alert, cause: string): boolean {
  const { kind, verdict, card } = alert;
  if (causeOf(alert) === cause) return true;
  if (kind === "not_checked" || verdict === null || !isDead(verdict.state)) return false;
  const end = endOf(verdict);
  const ended = end !== null && end <= verdict.checkedAt;
  return isOfTheDead(cause) || (ended && cause === causeOfEnd(end, appOf(verdict, card)));
}

/** Meta may report a token as revoked today and as expired later, so all dead states share one name. */
const DEAD = "dead";

function ofApp(word: string, appId: string | undefined): string {
  return appId === undefined ? word : `${word} app ${appId}`;
}

function causeOfFailure({ kind }: InspectionFailure, { appId }: Alert["card"]): string {
  switch (kind) {
    case "misconfigured":
    case "app_blocked":
      return ofApp(kind, appId);
    // One outage can appear as any of these kinds, and as another kind in the next round.
    case "unreachable":
    case "throttled":
    case "malformed":
      return "no_answer";
    case "unreadable":
      return kind;
  }
}

/** The cause of unread IDs, from the first failure. One outage or one refused app secret affects many watches. */
function causeOfUnread(verdict: Verdict | null, card: Alert["card"]): string | null {
  const [first] = verdict === null ? [] : unreadAssets(verdict);
  return first === undefined ? null : `not_read ${causeOfFailure(first.failure, card)}`;
}

function appOf({ token }: Verdict, { appId }: Alert["card"]): string | undefined {
  return token?.appId ?? appId;
}

function endOf({ token }: Verdict): Date | null {
  return token?.expiry.kind === "at" ? token.expiry.at : null;
}

/**
 * Tokens of one app that expire on the same UTC day were probably created together. Several watches of one token also
 * expire together.
 */
function causeOfEnd(end: Date, app: string | undefined): string {
  return ofApp(`ends ${end.toISOString().slice(0, 10)}`, app);
}

function isOfTheDead(cause: string): boolean {
  return cause === DEAD || cause.startsWith(ofApp(DEAD, ""));
}
