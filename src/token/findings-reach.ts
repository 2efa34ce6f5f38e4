import { assetNames } from "./asset-words.ts";
import { APP_BLOCKED_REMEDY, failureReason, failureRemedy } from "./failure-reason.ts";
import type { Finding } from "./finding.ts";
import type { AssetFact, Inspection } from "./inspection.ts";
import { observe } from "./observe.ts";

/** Live reads that say nothing about the token's own access: Meta blocked its app, or a read gave no answer. */
export const appBlockedFindings = ({ assets, appName }: Inspection): readonly Finding[] => {
  const blocked = assets.filter((asset) => asset.reach === "refused" && asset.why === "app_blocked");
  const [first] = blocked;
  if (first?.reach !== "refused") return [];
  const app = appName === null ? "the app of this token" : `the app "${appName}"`;
  // As in failures of graph/: the code of a deleted app is also that of a blocked one.
  const what = DELETED.test(first.error.message) ? `Meta says that ${app} was deleted` : `Meta has blocked ${app}`;
  return [
    observe(
      {
        code: "app_blocked",
        severity: "critical",
        message: `${what}, and refuses ${assetNames(blocked)} for that reason. No new token helps.`,
        remedy: APP_BLOCKED_REMEDY,
        objects: blocked.map(({ id }) => id),
      },
      first.evidence,
    ),
  ];
};

const DELETED = /\bdeleted\b/i;

/** Configured ids that could not be read. One that proof_refused explains is told there. */
export const notCheckedFindings = ({ assets }: Inspection): readonly Finding[] => {
  const unread = assets.filter((asset) => asset.reach === "not_known" && asset.failure !== null && !asset.proofRefused);
  const [first] = unread;
  if (first === undefined) return [];
  const byReason = Map.groupBy(unread, reasonOf);
  const sentences = [...byReason].map(([reason, group]) => `${upper(assetNames(group))} could not be read: ${reason}.`);
  return [
    observe(
      {
        code: "reach_not_checked",
        severity: "warning",
        message: sentences.join(" "),
        remedy: [...new Set(unread.flatMap(remediesOf))].join(" "),
        objects: unread.map(({ id }) => id),
      },
      first.evidence,
    ),
  ];
};

const reasonOf = (asset: AssetFact): string =>
  asset.reach === "not_known" && asset.failure !== null ? failureReason(asset.failure) : "it was not asked";

const remediesOf = (asset: AssetFact): readonly string[] =>
  asset.reach === "not_known" && asset.failure !== null ? [failureRemedy(asset.failure)] : [];

const upper = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
