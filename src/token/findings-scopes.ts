import type { Finding } from "./finding.ts";
import type { Inspection } from "./inspection.ts";
import { observe } from "./observe.ts";
import type { Policy } from "./policy.ts";

/** Required scopes that were not granted, and granted ones nobody asked for; both empty while scopes are not known. */
export const compareScopes = (
  scopes: readonly string[] | null,
  required: readonly string[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } => ({
  missing: scopes === null ? [] : required.filter((scope) => !scopes.includes(scope)),
  extra: scopes === null ? [] : scopes.filter((scope) => !required.includes(scope)),
});

const list = (words: readonly string[]): string => words.join(", ");

/** Permissions that are missing, and granted ones that are not needed. */
export const scopeFindings = (facts: Inspection, policy: Policy): readonly Finding[] => {
  const { missing, extra } = compareScopes(facts.scopes, policy.requiredScopes);
  const found: Finding[] = [];
  if (missing.length > 0)
    found.push(
      observe(
        {
          code: "scope_missing",
          severity: "critical",
          message: `The token lacks ${missing.length === 1 ? "the permission" : "the permissions"} ${list(missing)}.`,
          remedy: "Generate a new token with these permissions: a token never gains permissions later.",
          objects: missing,
        },
        facts.scopesEvidence,
      ),
    );
  if (extra.length > 0)
    found.push(
      observe(
        {
          code: "scope_extra",
          severity: "info",
          message: `The token also has ${list(extra)}, which is not needed here.`,
          remedy: "Leave it out of the next token: what a token cannot do, a thief cannot do either.",
          objects: extra,
        },
        facts.scopesEvidence,
      ),
    );
  return found;
};
