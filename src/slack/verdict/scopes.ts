import { isDead } from "../../token/finding.ts";
import type { Verdict } from "../../token/verdict.ts";
import { bold, code, listed } from "../mrkdwn.ts";

const LIST = 600;

const names = (scopes: readonly string[]): string =>
  scopes.length === 0
    ? "none"
    : listed(
        scopes.map((scope) => code(scope)),
        LIST,
      );

/** "Missing: `a`, `b`"; undefined when none is known to be missing. */
export const missingText = ({ state, token }: Pick<Verdict, "state" | "token">): string | undefined =>
  token === null || isDead(state) || token.missingScopes.length === 0
    ? undefined
    : `Missing: ${names(token.missingScopes)}`;

/** Permissions: those it has and needs, those it lacks, those nobody asked for. Of a dead token none is compared. */
export const scopeText = ({ state, token }: Pick<Verdict, "state" | "token">): string => {
  const title = bold("Permissions");
  const { scopes, missingScopes, extraScopes } = token ?? { scopes: null, missingScopes: [], extraScopes: [] };
  if (isDead(state))
    return scopes === null || scopes.length === 0
      ? `${title}\nMeta does not list them for a dead token.`
      : `${title}\nIt had: ${names(scopes)}`;
  if (scopes === null) return `${title}\nnot known`;
  return [
    title,
    `Present: ${names(scopes.filter((scope) => !extraScopes.includes(scope)))}`,
    `Missing: ${names(missingScopes)}`,
    `Not needed: ${names(extraScopes)}`,
  ].join("\n");
};
