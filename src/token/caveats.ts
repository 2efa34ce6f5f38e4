import { ASSET_NOUNS, assetNames } from "./asset-words.ts";
import { failureReason } from "./failure-reason.ts";
import { type FindingCode, isDead } from "./finding.ts";
import type { AssetKind } from "./inspection.ts";
import type { AssetVerdict, Verdict } from "./verdict.ts";

/** What the word of a state would hide. Every result says it in its first line. */
export interface Caveats {
  /** What was not asked or not answered, as nouns: "the phone number 1001 (Meta did not answer)". */
  readonly unchecked: readonly string[];
  /** What was answered with a warning, as short sentences without a full stop. */
  readonly warnings: readonly string[];
}

export const caveatsOf = (verdict: Verdict): Caveats => {
  const { state, findings } = verdict;
  if (state === "unknown" || isDead(state)) return { unchecked: [], warnings: [] };
  return {
    unchecked: uncheckedOf(verdict),
    warnings: findings.flatMap(({ code }) => WARNINGS[code] ?? []),
  };
};

const KINDS = ["phone", "waba"] as const satisfies readonly AssetKind[];

const WARNINGS: Partial<Record<FindingCode, string>> = {
  other_account: "the phone number belongs to another WhatsApp account",
  not_registered: "the phone number is not registered",
  temporary_token: "it is a temporary token",
  not_system_user: "it is not a system user's token",
  data_access_ended: "its access to user data has ended",
  proof_refused: "Meta refused the appsecret_proof",
};

const reasonOf = ({ failure }: AssetVerdict): string => (failure === null ? "" : ` (${failureReason(failure)})`);

const uncheckedOf = ({ state, assets, token }: Verdict): readonly string[] => {
  const unread = assets.filter(({ reach }) => reach === "not_known");
  // Beside a problem, that one of the two ids is not set would only distract from it.
  const kinds = state === "healthy" || assets.length === 0 ? KINDS : [];
  const unset = kinds.filter((kind) => assets.every((asset) => asset.kind !== kind)).map((kind) => ASSET_NOUNS[kind]);
  return [
    ...[...Map.groupBy(unread, reasonOf)].map(([reason, group]) => `${assetNames(group)}${reason}`),
    ...(unset.length === 0 ? [] : [`whether it reaches a ${unset.join(" or ")} (no id is set)`]),
    ...(token?.expiry.kind === "not_known" ? ["when it ends"] : []),
    ...(token?.scopes === null ? ["its permissions"] : []),
  ];
};
