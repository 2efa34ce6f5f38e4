import { isDead } from "../../token/finding.ts";
import type { AssetKind } from "../../token/inspection.ts";
import type { AssetVerdict, Verdict } from "../../token/verdict.ts";
import { bold, code, literal } from "../mrkdwn.ts";
import { SENTENCE } from "./sentence.ts";

/** The ids that were to be reached. */
export interface AssetIds {
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
}

/** How a label is set off. */
type Mark = (label: string) => string;

const LABELS: Record<AssetKind, string> = { phone: "Phone number", waba: "WhatsApp account" };

/** The details of a limit or block stand in its finding alone. */
const sendingText = (asset: AssetVerdict): string => {
  switch (asset.sending) {
    case "available":
      return "Meta reports no sending block.";
    case "limited":
      return "Meta reports a sending limit.";
    case "blocked":
      return "Meta reports a sending block.";
    case null:
      return "Meta did not report whether sending is blocked.";
  }
};

const notAsked = ({ state }: Verdict): string =>
  isDead(state) ? "not asked: the token is dead." : "not known: it could not be asked.";

const reachText = (verdict: Verdict, asset: AssetVerdict): string => {
  switch (asset.reach) {
    case "reached": {
      const name = asset.name === null ? "" : ` (${literal(asset.name, 80)})`;
      return `reached${name}. ${sendingText(asset)}`;
    }
    case "refused":
      return "refused.";
    case "not_known":
      return asset.failure === null ? notAsked(verdict) : `not known. ${literal(asset.failure.message, SENTENCE)}`;
  }
};

const lineOf = (verdict: Verdict, kind: AssetKind, id: string | undefined, mark: Mark): string => {
  const label = mark(LABELS[kind]);
  const asset = verdict.assets.find((one) => one.kind === kind);
  if (asset !== undefined) return `${label} ${code(asset.id)}: ${reachText(verdict, asset)}`;
  return id === undefined
    ? `${label}: not tried, because no id of one is set.`
    : `${label} ${code(id)}: not tried with this token.`;
};

/** Whether the configured phone number and WhatsApp account were reached, and whether Meta lets them send. */
export const assetLines = (verdict: Verdict, ids: AssetIds, mark: Mark = bold): readonly string[] => [
  lineOf(verdict, "phone", ids.phoneNumberId, mark),
  lineOf(verdict, "waba", ids.whatsappBusinessAccountId, mark),
];
