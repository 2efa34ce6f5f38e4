import type { Finding } from "./finding.ts";
import type { Inspection } from "./inspection.ts";
import { observe } from "./observe.ts";

/** Things about how Graph answered that an operator should fix. */
export const serviceFindings = (facts: Inspection): readonly Finding[] => {
  const found: Finding[] = [];
  const refusing = facts.assets.filter((asset) => asset.reach === "not_known" && asset.proofRefused);
  const proofEvidence = facts.proofRefused ?? refusing[0]?.evidence ?? null;
  if (proofEvidence !== null)
    found.push(
      observe(
        {
          code: "proof_refused",
          severity: "warning",
          message: "Meta refused the appsecret_proof, so not everything could be checked.",
          remedy: "Set META_APP_SECRET to the current secret of the token's app.",
          objects: refusing.map((asset) => asset.id),
        },
        proofEvidence,
      ),
    );
  if (facts.version.answered !== null && facts.version.answered !== facts.version.pinned)
    found.push(
      observe(
        {
          code: "graph_version_old",
          severity: "info",
          message: `Meta answered as Graph API ${facts.version.answered}; ${facts.version.pinned} was asked for.`,
          remedy: "Set GRAPH_API_VERSION to a version that Meta still serves.",
        },
        facts.evidence,
      ),
    );
  return found;
};
