import { type Finding, type FindingCode, findingOf } from "./finding.ts";
import type { Verdict } from "./verdict.ts";

type Judged = Pick<Verdict, "state" | "findings">;

/** A token that lasts is the remedy for each of these; the first that is there says it best. */
const NEEDS_LASTING: readonly FindingCode[] = ["temporary_token", "not_system_user", "expires_soon"];

/** What people must hear, the finding that makes the state first, then most severe first; remarks are left out. */
export const tellingFindings = ({ state, findings }: Judged): readonly Finding[] => {
  const cause = findingOf(state, findings);
  const others = findings.filter((finding) => finding !== cause && finding.severity !== "info");
  return cause === undefined ? others : [cause, ...others];
};

/**
 * The finding whose remedy fixes this one: itself, or one beside it that asks for the same and says more. While the
 * app is blocked nothing else helps: a new token and a newly assigned account would be refused as well.
 */
export const remediedBy = (finding: Finding, { findings }: Pick<Judged, "findings">): Finding => {
  const blocked = blockOf(findings);
  if (blocked !== undefined) return blocked;
  return NEEDS_LASTING.includes(finding.code)
    ? (NEEDS_LASTING.flatMap((code) => findings.filter((other) => other.code === code))[0] ?? finding)
    : finding;
};

/** The finding that Meta blocked or deleted the app; undefined when it did not. */
export const blockOf = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ code }) => code === "app_blocked");

/** The findings whose remedies say all there is to do, most urgent first, each once. */
export const findingsToFix = (verdict: Judged): readonly Finding[] => [
  ...new Set(tellingFindings(verdict).map((finding) => remediedBy(finding, verdict))),
];
