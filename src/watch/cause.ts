import { findingOf, isDead } from "../token/finding.ts";
import { unreadAssets } from "../token/unread.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert } from "./alert.ts";
import { isUnanswered } from "../token/known.ts";

/** However it died: Meta may call the same end revoked today and expired once its date has passed. */
const DEAD = "dead";

const ofApp = (word: string, appId: string | undefined): string =>
  appId === undefined ? word : `${word} app ${appId}`;

const causeOfFailure = ({ kind }: InspectionFailure, { appId }: Alert["card"]): string => {
  switch (kind) {
    case "misconfigured":
    case "app_blocked":
      return ofApp(kind, appId);
    // One outage shows itself as any of them, and as another one at the next round.
    case "unreachable":
    case "throttled":
    case "malformed":
      return "no_answer";
    case "unreadable":
      return kind;
  }
};

/** Ids that were not read, by the first reason: one outage of the reads, or one refused secret, hits many watches. */
const causeOfUnread = (verdict: Verdict | null, card: Alert["card"]): string | null => {
  const [first] = verdict === null ? [] : unreadAssets(verdict);
  return first === undefined ? null : `not_read ${causeOfFailure(first.failure, card)}`;
};

const appOf = ({ token }: Verdict, { appId }: Alert["card"]): string | undefined => token?.appId ?? appId;

const endOf = ({ token }: Verdict): Date | null => (token?.expiry.kind === "at" ? token.expiry.at : null);

/** Tokens of one app that end on one day (UTC) were made together; so are those of one token that several watches use. */
const causeOfEnd = (end: Date, app: string | undefined): string => ofApp(`ends ${end.toISOString().slice(0, 10)}`, app);

/**
 * A key that alerts share when one cause may well be behind all of them, for example `dead app 100000000000042`; null
 * when such alerts are told one by one. A problem that could not be checked again keeps its cause: it is no other problem
 * because of that.
 */
export const causeOf = (alert: Alert): string | null => {
  const { kind, verdict, failing, card } = alert;
  if (failing !== null && isUnanswered(alert)) return causeOfFailure(failing.failure, card);
  if (kind === "not_checked") return causeOfUnread(verdict, card);
  const leading = verdict === null ? undefined : findingOf(verdict.state, verdict.findings);
  // That several sources hold something else than a token is each one's own affair.
  if (verdict === null || leading === undefined || leading.code === "not_a_token") return null;
  const app = appOf(verdict, card);
  if (isDead(verdict.state)) return ofApp(DEAD, app);
  if (leading.code !== "expires_soon") return ofApp(leading.code, app);
  const end = endOf(verdict);
  return end === null ? null : causeOfEnd(end, app);
};

const isOfTheDead = (cause: string): boolean => cause === DEAD || cause.startsWith(ofApp(DEAD, ""));

/**
 * True while an alert belongs where it was put for a cause: it has that cause, or it is dead and was put there as dead or
 * as about to end. A move among expired, revoked and invalid is no news (compareVerdicts), and neither is an end in time.
 */
export const keepsCause = (alert: Alert, cause: string): boolean => {
  const { kind, verdict, card } = alert;
  if (causeOf(alert) === cause) return true;
  if (kind === "not_checked" || verdict === null || !isDead(verdict.state)) return false;
  const end = endOf(verdict);
  const ended = end !== null && end <= verdict.checkedAt;
  return isOfTheDead(cause) || (ended && cause === causeOfEnd(end, appOf(verdict, card)));
};
