import type { Finding } from "./finding.ts";
import type { Inspection } from "./inspection.ts";
import { observe } from "./observe.ts";

/** Live reads that say nothing about the token's own access: Meta blocked its app, or a read gave no answer. */
export const appBlockedFindings = ({ assets, appName }: Inspection): readonly Finding[] => {
  const blocked = assets.filter((asset) => asset.reach === "refused" && asset.why === "app_blocked");
  const [first] = blocked;
  if (first?.reach !== "refused") return [];
  // As in failures of graph/: the code of a deleted app is also that of a blocked one.
  const facts = { kind: "app", name: appName, deleted: DELETED.test(first.error.message) } as const;
  const objects = blocked.map(({ id }) => id);
  return [observe({ code: "app_blocked", severity: "critical", facts, objects }, first.evidence)];
};

const DELETED = /\bdeleted\b/i;

/** Configured ids that could not be read; the verdict's assets have the reasons. proof_refused explains the others. */
export const notCheckedFindings = ({ assets }: Inspection): readonly Finding[] => {
  const unread = assets.filter((asset) => asset.reach === "not_known" && asset.failure !== null && !asset.proofRefused);
  const [first] = unread;
  if (first === undefined) return [];
  const objects = unread.map(({ id }) => id);
  return [observe({ code: "reach_not_checked", severity: "warning", objects }, first.evidence)];
};
