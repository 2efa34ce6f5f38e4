import type { Spans } from "../../../guide/rich-text.ts";
import { isDead } from "../../../token/findings/finding.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";

/** Permissions that a living token lacks. */
export function missingScopes({ state, token }: Judged): readonly string[] {
  return token === null || isDead(state) ? [] : token.missingScopes;
}

/**
 * One line each for permissions that are present, missing and not needed; empty lines are left out. A dead token's
 * permissions are not compared.
 */
export function scopeLines({ state, token }: Judged): readonly Spans[] {
  const { scopes, missingScopes: missing, extraScopes } = token ?? { scopes: null, missingScopes: [], extraScopes: [] };
  if (scopes === null) return [];
  if (isDead(state)) return scopes.length === 0 ? [] : [permissions.had(scopes)];
  const present = scopes.filter((scope) => !extraScopes.includes(scope));
  return [
    ...(present.length === 0 ? [] : [permissions.present(present)]),
    ...(missing.length === 0 ? [] : [permissions.missing(missing)]),
    ...(extraScopes.length === 0 ? [] : [permissions.notNeeded(extraScopes)]),
  ];
}

const { permissions } = words.results;

type Judged = Pick<Verdict, "state" | "token">;
