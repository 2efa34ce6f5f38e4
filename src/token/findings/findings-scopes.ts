import type { Finding } from "./finding.ts";
import { mayLackPermission } from "./findings-assets.ts";
import type { AssetFact, Inspection } from "../inspection.ts";
import { observe } from "./observe.ts";
import type { Policy } from "../policy.ts";

/** The permission that live reads need (WhatsApp permissions, read 2026-11). */
export const READING_SCOPE = "whatsapp_business_management";

export interface ScopeJudgement {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** Refused reads that the missing permission explains. */
  readonly explained: readonly AssetFact[];
}

/**
 * Compares the granted permissions with the required ones. For the reading permission, a live read overrules Meta's
 * list. That list has been seen without a permission that works. The reading permission counts as missing in two cases:
 * a read is refused for it, or no ID is configured. A failed read shows nothing about it.
 */
export function judgeScopes(facts: Pick<Inspection, "scopes" | "assets">, policy: Policy): ScopeJudgement {
  const { missing, extra } = compareScopes(facts.scopes, policy.requiredScopes);
  if (!missing.includes(READING_SCOPE) || facts.assets.length === 0) return { missing, extra, explained: [] };
  const explained = facts.assets.filter(mayLackPermission);
  if (explained.length > 0) return { missing, extra, explained };
  return { missing: missing.filter((scope) => scope !== READING_SCOPE), extra, explained };
}

/** Findings about missing permissions and about permissions that are not needed. */
export function scopeFindings(
  { scopesEvidence }: Pick<Inspection, "scopesEvidence">,
  { missing, extra }: ScopeJudgement,
): readonly Finding[] {
  return [
    ...(missing.length === 0 ? [] : [observe({ code: "scope_missing", objects: missing }, scopesEvidence)]),
    ...(extra.length === 0 ? [] : [observe({ code: "scope_extra", objects: extra }, scopesEvidence)]),
  ];
}

/**
 * Required scopes that are not granted, and granted scopes that are not required. Both are empty when scopes are not
 * known.
 */
function compareScopes(
  scopes: readonly string[] | null,
  required: readonly string[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } {
  return {
    missing: scopes === null ? [] : required.filter((scope) => !scopes.includes(scope)),
    extra: scopes === null ? [] : scopes.filter((scope) => !required.includes(scope)),
  };
}
