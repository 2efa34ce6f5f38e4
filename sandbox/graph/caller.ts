import { type GraphError, invalidToken } from "./error.ts";
import type { GraphRequest } from "./request.ts";
import type { GraphApp, GraphState, GraphToken } from "./state.ts";
import { malformedTokenText, tokenDeath } from "./tokens/token-death.ts";

/** The caller of a request, as far as the credential proves it. */
export type Caller =
  | { readonly kind: "none" }
  | { readonly kind: "app"; readonly app: GraphApp }
  | { readonly kind: "token"; readonly raw: string; readonly token: GraphToken; readonly app: GraphApp }
  | { readonly kind: "refused"; readonly error: GraphError };

/** The raw credential: `access_token` in the query, else the Authorization header (Bearer, or Meta's older OAuth). */
export function credentialOf(request: GraphRequest): { readonly raw: string; readonly status: number } | undefined {
  const inQuery = request.query.get("access_token");
  if (inQuery !== null && inQuery !== "") return { raw: inQuery, status: 400 };
  const inHeader = /^(?:Bearer|OAuth)\s+(\S.*)$/i.exec(request.authorization ?? "")?.[1]?.trim();
  return inHeader === undefined ? undefined : { raw: inHeader, status: 401 };
}

export function readCaller(state: GraphState, request: GraphRequest, now: Date): Caller {
  const credential = credentialOf(request);
  if (credential === undefined) return { kind: "none" };
  const { raw, status } = credential;
  const [, appId, secret] = /^(\d+)\|(.+)$/.exec(raw) ?? [];
  if (appId !== undefined && secret !== undefined) return readAppToken(state, appId, secret);
  const token = state.tokens.get(raw);
  const app = token && state.apps.get(token.appId);
  if (token === undefined || app === undefined) {
    return { kind: "refused", error: invalidToken(status, malformedTokenText(raw)) };
  }
  const death = tokenDeath(token, now);
  if (death !== undefined) return { kind: "refused", error: invalidToken(status, death.message, death.subcode) };
  return { kind: "token", raw, token, app };
}

function readAppToken(state: GraphState, id: string, secret: string): Caller {
  const app = state.apps.get(id);
  if (app === undefined) {
    const message = "Error validating application. Cannot get application info due to a system error.";
    return { kind: "refused", error: { status: 400, code: 101, message } };
  }
  if (secret !== app.secret) {
    return { kind: "refused", error: invalidToken(400, "Invalid OAuth access token signature.") };
  }
  return { kind: "app", app };
}
