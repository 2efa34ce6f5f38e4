import type { Finding, FindingCode } from "./finding.ts";
import { DEAD_TOKEN, RESTRICTED_ACCOUNT } from "../graph-codes.ts";
import type { AssetFact, AssetKind } from "../inspection.ts";
import { observe } from "./observe.ts";

/**
 * One finding for each asset that Graph refused to read. The code in its evidence is the reason.
 * @param explained refusals that another finding explains (a missing permission). They get no finding here.
 */
export function reachFindings(assets: readonly AssetFact[], explained: readonly AssetFact[]): readonly Finding[] {
  return assets
    .filter((asset) => asset.reach === "refused")
    .filter((asset) => asset.why !== "app_blocked" && !explained.includes(asset))
    .map((asset) => observe({ code: CODES[asset.kind], ...otherKind(asset), objects: [asset.id] }, asset.evidence));
}

/** True when a missing permission can be the reason. A restricted account and a deleted number have other reasons. */
export function mayLackPermission(asset: AssetFact): boolean {
  return asset.reach === "refused" && asset.why === undefined && refusalOf(asset.error.code) === "no_access";
}

/** Why Meta refuses to read a phone number or a WhatsApp account. */
export type Refusal = "restricted" | "dead" | "deleted" | "no_access";

export function refusalOf(code: number | null): Refusal {
  if (RESTRICTED_ACCOUNT.has(code)) return "restricted";
  // The live read reports a dead token, although `/debug_token` reports it as alive.
  if (DEAD_TOKEN.has(code)) return "dead";
  return code === DELETED ? "deleted" : "no_access";
}

type Refused = Extract<AssetFact, { readonly reach: "refused" }>;

const CODES: Record<AssetKind, FindingCode> = { phone: "phone_unreachable", waba: "waba_unreachable" };

/** The number was deleted (Cloud API error codes, read 2026-11). */
const DELETED = 33;

/** The configured ID belongs to another kind of object. The token itself may be fine. */
function otherKind({ why, node }: Refused): Pick<Finding, "why" | "facts"> {
  return why === "other_kind" ? { why, ...(node === undefined ? {} : { facts: { kind: "node", node } }) } : {};
}
