import type { Finding, FindingCode } from "./finding.ts";
import type { AssetFact, AssetKind } from "./inspection.ts";
import { observe } from "./observe.ts";

type Refused = Extract<AssetFact, { readonly reach: "refused" }>;

/**
 * Assets that a live read was refused. The code of the evidence is the reason.
 * @param explained refusals that another finding explains: the missing permission
 */
export const reachFindings = (assets: readonly AssetFact[], explained: readonly AssetFact[]): readonly Finding[] =>
  assets
    .filter((asset) => asset.reach === "refused")
    .filter((asset) => asset.why !== "app_blocked" && !explained.includes(asset))
    .map((asset) =>
      observe(
        { code: CODES[asset.kind], severity: "critical", ...otherKind(asset), objects: [asset.id] },
        asset.evidence,
      ),
    );

/** True when a missing permission would be answered so; a restricted account and a deleted number are other matters. */
export const mayLackPermission = (asset: AssetFact): boolean =>
  asset.reach === "refused" && asset.why === undefined && refusalOf(asset.error.code) === "no_access";

/** Why Meta refuses to read a number or an account. */
export type Refusal = "restricted" | "dead" | "deleted" | "no_access";

export const refusalOf = (code: number | null): Refusal => {
  if (RESTRICTED.has(code)) return "restricted";
  if (DEAD.has(code)) return "dead";
  return code === DELETED ? "deleted" : "no_access";
};

const CODES: Record<AssetKind, FindingCode> = { phone: "phone_unreachable", waba: "waba_unreachable" };

/** The account is blocked or locked for its conduct (Cloud API error codes, read 2026-11); no token helps. */
const RESTRICTED: ReadonlySet<number | null> = new Set([368, 131031]);

/** A number that was deleted (the same page). */
const DELETED = 33;

/** Session codes: a live read calls the token dead that `/debug_token` calls alive. */
const DEAD: ReadonlySet<number | null> = new Set([190, 102]);

/** The id of another kind of object: the token may be as good as can be. */
const otherKind = ({ why, node }: Refused): Pick<Finding, "why" | "facts"> =>
  why === "other_kind" ? { why, ...(node === undefined ? {} : { facts: { kind: "node", node } }) } : {};
