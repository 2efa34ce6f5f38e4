import type { Finding } from "./finding.ts";
import { saysDeleted } from "../graph-codes.ts";
import type { Inspection } from "../inspection.ts";
import { observe } from "./observe.ts";

/** Meta blocked or deleted the app. The refused reads then say nothing about the token's own access. */
export function appBlockedFindings({ assets, appName }: Inspection): readonly Finding[] {
  const blocked = assets.filter((asset) => asset.reach === "refused" && asset.why === "app_blocked");
  const [first] = blocked;
  if (first?.reach !== "refused") return [];
  const facts = { kind: "app", name: appName, deleted: saysDeleted(first.error) } as const;
  const objects = blocked.map(({ id }) => id);
  return [observe({ code: "app_blocked", facts, objects }, first.evidence)];
}

/**
 * Configured IDs whose read failed. The verdict's `assets` have the reasons. The finding `proof_refused` covers the IDs
 * whose read failed because of the proof.
 */
export function notCheckedFindings({ assets }: Inspection): readonly Finding[] {
  const unread = assets.filter((asset) => asset.reach === "not_known" && asset.failure !== null && !asset.proofRefused);
  const [first] = unread;
  if (first === undefined) return [];
  const objects = unread.map(({ id }) => id);
  return [observe({ code: "reach_not_checked", objects }, first.evidence)];
}
