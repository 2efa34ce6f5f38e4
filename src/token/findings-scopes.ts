import type { Finding } from "./finding.ts";
import { mayLackPermission } from "./findings-assets.ts";
import type { AssetFact, Inspection } from "./inspection.ts";
import { observe } from "./observe.ts";
import type { Policy } from "./policy.ts";

/** Required scopes that were not granted, and granted ones nobody asked for; both empty while scopes are not known. */
const compareScopes = (
  scopes: readonly string[] | null,
  required: readonly string[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } => ({
  missing: scopes === null ? [] : required.filter((scope) => !scopes.includes(scope)),
  extra: scopes === null ? [] : scopes.filter((scope) => !required.includes(scope)),
});

/** The permission that live reads need (WhatsApp permissions, read 2026-11). */
export const READING_SCOPE = "whatsapp_business_management";

export interface ScopeJudgement {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** Refused reads that the missing permission explains. */
  readonly explained: readonly AssetFact[];
}

/**
 * Permissions, where a live read knows better than the list: Meta's list has been seen without a permission that works.
 * The reading permission counts as missing only if a read is refused for it, or if no id is configured. After a failed
 * read it is not judged.
 */
export const judgeScopes = (facts: Pick<Inspection, "scopes" | "assets">, policy: Policy): ScopeJudgement => {
  const { missing, extra } = compareScopes(facts.scopes, policy.requiredScopes);
  if (!missing.includes(READING_SCOPE) || facts.assets.length === 0) return { missing, extra, explained: [] };
  const explained = facts.assets.filter(mayLackPermission);
  if (explained.length > 0) return { missing, extra, explained };
  return { missing: missing.filter((scope) => scope !== READING_SCOPE), extra, explained };
};

/** Permissions that are missing, and granted ones that are not needed. */
export const scopeFindings = (
  { scopesEvidence }: Pick<Inspection, "scopesEvidence">,
  { missing, extra }: ScopeJudgement,
): readonly Finding[] => [
  ...(missing.length === 0
    ? []
    : [observe({ code: "scope_missing", severity: "critical", objects: missing }, scopesEvidence)]),
  ...(extra.length === 0 ? [] : [observe({ code: "scope_extra", severity: "info", objects: extra }, scopesEvidence)]),
];
