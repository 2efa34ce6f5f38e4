import type { TokenFacts } from "../../token/verdict.ts";
import { bold, code, listed } from "../mrkdwn.ts";

const LIST = 600;

const names = (scopes: readonly string[]): string =>
  scopes.length === 0
    ? "none"
    : listed(
        scopes.map((scope) => code(scope)),
        LIST,
      );

/** Permissions: those it has and needs, those it lacks, those nobody asked for. */
export const scopeText = ({ scopes, missingScopes, extraScopes }: TokenFacts): string => {
  if (scopes === null) return `${bold("Permissions")}\nnot known`;
  const present = scopes.filter((scope) => !extraScopes.includes(scope));
  return [
    bold("Permissions"),
    `Present: ${names(present)}`,
    `Missing: ${names(missingScopes)}`,
    `Not needed: ${names(extraScopes)}`,
  ].join("\n");
};
