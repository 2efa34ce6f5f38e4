import { fakeToken } from "../../fake-token.ts";
import type { GraphState, GraphToken } from "../state.ts";
import { newToken, type NewToken } from "./new-token.ts";

/** Issues a token and returns its string; the same label gives the same string in every run. */
export function issueLabelled(state: GraphState, label: string, given: NewToken, appId: string, now: Date): string {
  const raw = fakeToken(`graph/${label}`);
  if (state.tokens.has(raw)) throw new Error(`the Graph stand-in has a token labelled ${label}; choose another label`);
  state.tokens.set(raw, newToken(given, label, appId, now));
  return raw;
}

/** What a copy of a token has in common with it: everything except the name and the dates. */
export function rightsOf(token: GraphToken): NewToken {
  return {
    type: token.type,
    appId: token.appId,
    userId: token.userId,
    scopes: token.scopes,
    targets: token.targets,
    ...(token.profileId === undefined ? {} : { profileId: token.profileId }),
  };
}
