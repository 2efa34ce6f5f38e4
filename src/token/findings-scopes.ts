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

/** Granted with every login; no form lets a person leave it out (permissions reference, read 2026-11). */
const ALWAYS_GRANTED = "public_profile";

const list = (words: readonly string[]): string => words.join(", ");

const extraRemedy = (extra: readonly string[]): string => {
  const avoidable = extra.filter((scope) => scope !== ALWAYS_GRANTED);
  const harmless = `${ALWAYS_GRANTED} comes with every user token and is harmless.`;
  if (avoidable.length === 0) return `Nothing to do: ${harmless}`;
  const leaveOut = `Leave ${list(avoidable)} out of the next token: it should be able to do no more than its job.`;
  return avoidable.length === extra.length ? leaveOut : `${leaveOut} ${harmless}`;
};

/** Permissions that are missing, and granted ones that are not needed. */
export const scopeFindings = (facts: Inspection, { missing, extra }: ScopeJudgement): readonly Finding[] => {
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
          message: `The token also has ${list(extra)}, which ${extra.length === 1 ? "is" : "are"} not needed here.`,
          remedy: extraRemedy(extra),
          objects: extra,
        },
        facts.scopesEvidence,
      ),
    );
  return found;
};
