import { isPast, reachedThreshold, usableThresholds } from "./expiry.ts";
import { bySeverity, type Finding, type FindingCode, findingOf, isDead, worstState } from "./findings/finding.ts";
import { type DeadState, deadFinding, isEndedByDate } from "./findings/findings-dead.ts";
import { dataAccessFindings, expiryFindings } from "./findings/findings-expiry.ts";
import { temporaryFindings } from "./findings/findings-kind.ts";
import type { Policy } from "./policy.ts";
import type { TokenFacts, Verdict } from "./verdict.ts";

/**
 * The verdict that a check at the time `now` would give if Meta's answers stayed as they were for `verdict`. Only the
 * dates of the token pass: its thresholds, its expiry, and the end of its data access. Pure.
 * @param verdict the last verdict with an answer, never `unknown`
 */
export function judgeLater(verdict: Verdict, policy: Policy, now: Date): Verdict {
  const later = { ...verdict, checkedAt: now };
  const { token } = verdict;
  if (token === null) return later;
  const { expiry } = token;
  if (isDead(verdict.state)) {
    const subcode = verdict.evidence?.subcode ?? null;
    return isEndedByDate(subcode, expiry, now) ? dead("expired", later, token) : later;
  }
  // Meta did not say whether the token of another app is alive.
  if (verdict.alive !== true) return later;
  // Meta called the token valid after its date, so the date does not end it.
  const ends = isPast(expiry, now) && !isPast(expiry, verdict.checkedAt);
  return ends ? dead("expired", later, token) : alive(later, token, policy, now);
}

/** The findings that depend on the time of the check. */
const DATED: ReadonlySet<FindingCode> = new Set([
  "expires_soon",
  "expiry_not_known",
  "temporary_token",
  "data_access_ended",
  "data_access_ending",
]);

function alive(verdict: Verdict, token: TokenFacts, policy: Policy, now: Date): Verdict {
  const evidence = verdict.answer ?? verdict.evidence;
  const facts = { ...token, evidence };
  const kept = verdict.findings.filter(({ code }) => !DATED.has(code));
  const isLate = ({ code }: Finding): boolean => code === "not_system_user" || code === "graph_version_old";
  // In the order of `judge`, because equal severities stay in order.
  const findings: readonly Finding[] = [
    ...kept.filter((finding) => !isLate(finding)),
    ...expiryFindings(facts, policy, now),
    ...temporaryFindings(facts, now),
    ...kept.filter(({ code }) => code === "not_system_user"),
    ...dataAccessFindings(facts, now),
    ...kept.filter(({ code }) => code === "graph_version_old"),
  ].toSorted(bySeverity);
  const state = worstState(findings);
  const usable = usableThresholds(policy.warnAt, token.expiry, token.issuedAt);
  const expiring = findings.some(({ code }) => code === "expires_soon");
  return {
    ...verdict,
    state,
    findings,
    threshold: expiring ? (reachedThreshold(usable, token.expiry, now)?.text ?? null) : null,
    evidence: findingOf(state, findings)?.evidence ?? evidence,
  };
}

/** A dead token cannot do anything, so nothing else is known about it. The reads of its IDs are not made. */
function dead(state: DeadState, verdict: Verdict, token: TokenFacts): Verdict {
  const evidence = verdict.answer ?? verdict.evidence;
  return {
    ...verdict,
    state,
    alive: false,
    findings: [deadFinding(state, token, evidence)],
    token: { ...token, scopes: token.scopes?.length === 0 ? null : token.scopes, missingScopes: [], extraScopes: [] },
    assets: verdict.assets.map((asset) => ({ ...asset, reach: "not_known", sending: null, failure: null })),
    threshold: null,
    evidence,
  };
}
