import type { Finding } from "./finding.ts";
import type { Inspection } from "../inspection.ts";
import { observe } from "./observe.ts";

/** Problems with the Graph calls that an operator should fix: a refused `appsecret_proof`, or an old API version. */
export function serviceFindings({ assets, version, evidence, proofRefused }: Inspection): readonly Finding[] {
  const refusing = assets.filter((asset) => asset.reach === "not_known" && asset.proofRefused);
  const proof = proofRefused ?? refusing[0]?.evidence ?? null;
  const objects = refusing.map(({ id }) => id);
  const { answered, pinned } = version;
  return [
    ...(proof === null ? [] : [observe({ code: "proof_refused", objects }, proof)]),
    ...(answered === null || answered === pinned
      ? []
      : [observe({ code: "graph_version_old", facts: { kind: "versions", answered, pinned } }, evidence)]),
  ];
}
