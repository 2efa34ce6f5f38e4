import { type GraphError, invalidToken } from "../error.ts";
import type { GraphRequest } from "../request.ts";
import type { GraphApp, GraphState, GraphToken } from "../state.ts";
import { malformedTokenText, tokenDeath } from "../tokens/token-death.ts";

/**
 * The app that `client_id` and `client_secret` prove, or Graph's refusal. The texts and codes were seen in public code
 * and issues (read 2026-11); Meta does not document them.
 */
export function readClient(state: GraphState, { query }: GraphRequest): GraphApp | { readonly error: GraphError } {
  const id = query.get("client_id") ?? "";
  if (id === "") return refused(101, "Missing client_id parameter.");
  const app = state.apps.get(id);
  if (app === undefined)
    return refused(101, "Error validating application. Cannot get application info due to a system error.");
  const secret = query.get("client_secret") ?? "";
  if (secret === "") return refused(1, "Missing client_secret parameter.");
  return secret === app.secret ? app : refused(1, "Error validating client secret.");
}

/** A live token of the app, or Graph's refusal. */
export function readLiveToken(
  state: GraphState,
  raw: string,
  app: GraphApp,
  now: Date,
): GraphToken | { readonly error: GraphError } {
  const token = state.tokens.get(raw);
  if (token === undefined) return { error: invalidToken(400, malformedTokenText(raw)) };
  if (token.appId !== app.id) return refused(1, `The access token does not belong to application ${app.id}`);
  const death = tokenDeath(token, now);
  return death === undefined ? token : { error: invalidToken(400, death.message, death.subcode) };
}

function refused(code: number, message: string): { readonly error: GraphError } {
  return { error: { status: 400, code, message } };
}
