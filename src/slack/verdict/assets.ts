import { isDead } from "../../token/finding.ts";
import type { AssetKind } from "../../token/inspection.ts";
import type { AssetVerdict, Verdict } from "../../token/verdict.ts";
import { bold, code, literal } from "../mrkdwn.ts";
import { SENTENCE } from "./cause.ts";

/** The ids that were to be reached. */
export interface AssetIds {
  readonly phoneNumberId: string | undefined;
  readonly whatsappBusinessAccountId: string | undefined;
}

const LABELS: Record<AssetKind, string> = { phone: "Phone number", waba: "WhatsApp account" };

/** Live reads need it (WhatsApp Business Management API, read 2026-11). */
const READING_SCOPE = "whatsapp_business_management";

/** What a finding says about one asset; the details of a block or refusal stand only there. */
const said = (verdict: Verdict, asset: AssetVerdict, ...wanted: readonly string[]): string | undefined => {
  const finding = verdict.findings.find(
    ({ code: found, objects }) => wanted.includes(found) && objects.includes(asset.id),
  );
  return finding === undefined ? undefined : literal(finding.message, SENTENCE);
};

const sendingText = (verdict: Verdict, asset: AssetVerdict): string => {
  switch (asset.sending) {
    case "available":
      return "Meta lets it send.";
    case "limited":
      return said(verdict, asset, "sending_limited") ?? "Meta limits sending.";
    case "blocked":
      return said(verdict, asset, "sending_blocked") ?? "Meta blocks sending.";
    case null:
      return "Meta did not say whether it lets it send.";
  }
};

const notAsked = ({ state, token }: Verdict): string => {
  if (isDead(state)) return "not asked: the token is not alive.";
  return token?.scopes?.includes(READING_SCOPE) === false
    ? `not asked: the token lacks ${code(READING_SCOPE)}.`
    : "not known: it could not be asked.";
};

const reachText = (verdict: Verdict, asset: AssetVerdict): string => {
  switch (asset.reach) {
    case "reached": {
      const name = asset.name === null ? "" : ` (${literal(asset.name, 80)})`;
      return `reached${name}. ${sendingText(verdict, asset)}`;
    }
    case "refused":
      return "refused.";
    case "not_known":
      return asset.failure === null ? notAsked(verdict) : `not known. ${literal(asset.failure.message, SENTENCE)}`;
  }
};

const lineOf = (verdict: Verdict, kind: AssetKind, id: string | undefined): string => {
  const label = bold(LABELS[kind]);
  const asset = verdict.assets.find((one) => one.kind === kind);
  if (asset !== undefined) return `${label} ${code(asset.id)}: ${reachText(verdict, asset)}`;
  return id === undefined
    ? `${label}: not tried, because no id of one is set.`
    : `${label} ${code(id)}: not tried with this token.`;
};

/** Whether the configured phone number and WhatsApp account were reached, and whether Meta lets them send. */
export const assetLines = (verdict: Verdict, ids: AssetIds): readonly string[] => [
  lineOf(verdict, "phone", ids.phoneNumberId),
  lineOf(verdict, "waba", ids.whatsappBusinessAccountId),
];
