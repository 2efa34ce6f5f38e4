import { CATALOGUE } from "./findings/catalogue.ts";
import { type Finding, findingOf, isFindingCode } from "./findings/finding.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The findings to show to people. The cause of the state is first, then the most severe. Findings of severity `info`
 * are left out.
 */
export function tellingFindings({ state, findings }: Judged): readonly Finding[] {
  const cause = findingOf(state, findings);
  const others = findings.filter((finding) => finding !== cause && finding.severity !== "info");
  return cause === undefined ? others : [cause, ...others];
}

/**
 * The finding whose remedy also fixes this one. It is the finding itself, or another one with the same but clearer
 * remedy. While the app is blocked, only its unblocking helps: Meta would also refuse a new token and a newly assigned
 * account.
 */
export function remediedBy(finding: Finding, { findings }: Pick<Judged, "findings">): Finding {
  const blocked = blockOf(findings);
  if (blocked !== undefined) return blocked;
  return LASTING.includes(finding.code)
    ? (LASTING.flatMap((code) => findings.filter((other) => other.code === code))[0] ?? finding)
    : finding;
}

/** The finding that Meta blocked or deleted the app. Undefined when there is none. */
export function blockOf(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ code }) => code === "app_blocked");
}

/** The findings whose remedies cover everything to do, most urgent first, without duplicates. */
export function findingsToFix(verdict: Judged): readonly Finding[] {
  return [...new Set(tellingFindings(verdict).map((finding) => remediedBy(finding, verdict)))];
}

type Judged = Pick<Verdict, "state" | "findings">;

/** These findings have one remedy: a token that does not expire. The first one that is present explains it best. */
const LASTING = Object.keys(CATALOGUE)
  .filter(isFindingCode)
  .filter((code) => CATALOGUE[code].newToken === "lasting");
