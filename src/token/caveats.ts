import { CATALOGUE } from "./findings/catalogue.ts";
import { type FindingCode, isDead } from "./findings/finding.ts";
import { ASSET_KINDS, type AssetKind } from "./inspection.ts";
import type { AssetVerdict, Verdict } from "./verdict.ts";

/** Facts that the state alone does not show. Every result names them in its first line. */
export interface Caveats {
  /** Checks that were not made or gave no answer. */
  readonly unchecked: readonly Unchecked[];
  /** Warnings that do not change the state. */
  readonly warnings: readonly CaveatCode[];
}

export type Unchecked =
  /** Configured IDs that were not read. */
  | { readonly kind: "unread"; readonly assets: readonly AssetVerdict[] }
  /** Kinds of object without a configured ID. */
  | { readonly kind: "unset"; readonly assets: readonly AssetKind[] }
  | { readonly kind: "expiry" | "permissions" };

export function caveatsOf(verdict: Verdict): Caveats {
  const { state, findings } = verdict;
  if (state === "unknown" || isDead(state)) return { unchecked: [], warnings: [] };
  return {
    unchecked: uncheckedOf(verdict),
    warnings: findings.map(({ code }) => code).filter(isCaveat),
  };
}

/** A code whose row in the catalogue says that the first line names it. */
export type CaveatCode = {
  [Code in FindingCode]: (typeof CATALOGUE)[Code] extends { readonly caveat: true } ? Code : never;
}[FindingCode];

function isCaveat(code: FindingCode): code is CaveatCode {
  const row = CATALOGUE[code];
  return "caveat" in row && row.caveat;
}

function uncheckedOf({ state, assets, token }: Verdict): readonly Unchecked[] {
  const unread = assets.filter(({ reach }) => reach === "not_known");
  // Next to a problem, a note about one unset ID would only distract.
  const kinds = state === "healthy" || assets.length === 0 ? ASSET_KINDS : [];
  const unset = kinds.filter((kind) => assets.every((asset) => asset.kind !== kind));
  return [
    ...(unread.length === 0 ? [] : [{ kind: "unread", assets: unread } as const]),
    ...(unset.length === 0 ? [] : [{ kind: "unset", assets: unset } as const]),
    ...(token?.expiry.kind === "not_known" ? [{ kind: "expiry" } as const] : []),
    ...(token?.scopes === null ? [{ kind: "permissions" } as const] : []),
  ];
}
