import type { GraphState, GraphToken } from "../state.ts";
import { issueLabelled, rightsOf } from "./issue-token.ts";
import type { NewToken } from "./new-token.ts";

export interface TokenVerbs {
  /** Issues a token and returns its string; the same label gives the same string in every run. */
  readonly issueToken: (token?: NewToken) => string;
  /**
   * Issues a token with the same rights and the same lifetime, counted from now. The old token works until its own
   * expiry date.
   */
  readonly rotate: (token: string, label?: string) => string;
  /** Revokes the token. The subcode is 466 by default; null means an error without a subcode. */
  readonly revoke: (token: string, subcode?: number | null) => void;
  /** The person removes the app: the token then fails with 190/458. */
  readonly removeApp: (token: string) => void;
  /** Sets the expiry date to one second ago, so that the date itself already means expired. */
  readonly expire: (token: string) => void;
  readonly addScope: (token: string, scope: string) => void;
  /** Removes a scope; /me/permissions then lists it as declined. */
  readonly removeScope: (token: string, scope: string) => void;
}

export function tokenVerbs(state: GraphState, now: () => Date, mainAppId: string): TokenVerbs {
  let issued = 0;
  const find = (raw: string): GraphToken => {
    const token = state.tokens.get(raw);
    if (token === undefined) throw new Error("the Graph stand-in has not issued that token; make it with issueToken");
    return token;
  };
  const issueToken = (given: NewToken = {}): string => {
    issued += 1;
    return issueLabelled(state, given.label ?? `token-${issued}`, given, mainAppId, now());
  };
  return {
    issueToken,
    rotate: (raw, label) => {
      const old = find(raw);
      const life = old.expiresAt === "never" ? "never" : old.expiresAt.getTime() - old.issuedAt.getTime();
      return issueToken({
        label: label ?? `${old.label}-rotated-${issued + 1}`,
        ...rightsOf(old),
        expiresAt: life === "never" ? life : new Date(now().getTime() + life),
      });
    },
    revoke: (raw, subcode = 466) => {
      find(raw).standing = { kind: "revoked", subcode: subcode ?? undefined };
    },
    removeApp: (raw) => {
      find(raw).standing = { kind: "app_removed" };
    },
    expire: (raw) => {
      find(raw).expiresAt = new Date(now().getTime() - 1000);
    },
    addScope: (raw, scope) => {
      const token = find(raw);
      token.scopes = [...token.scopes.filter((have) => have !== scope), scope];
      token.declinedScopes = token.declinedScopes.filter((declined) => declined !== scope);
    },
    removeScope: (raw, scope) => {
      const token = find(raw);
      token.scopes = token.scopes.filter((have) => have !== scope);
      token.declinedScopes = [...token.declinedScopes.filter((declined) => declined !== scope), scope];
    },
  };
}
