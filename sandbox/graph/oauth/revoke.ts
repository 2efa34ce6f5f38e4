import type { Answer } from "../answer.ts";
import { badParameter } from "../error.ts";
import type { GraphRequest } from "../request.ts";
import type { GraphState } from "../state.ts";
import { readClient, readLiveToken } from "./client.ts";

/**
 * GET /oauth/revoke (system users, "Install apps and generate tokens", read 2026-11): ends one token at once. The app
 * and both tokens must belong together. Meta documents neither the refusals nor the subcode of a token that was ended
 * this way; the stand-in uses those of similar calls. `ignored`: Graph confirms, but the token stays alive.
 */
export function revoke(state: GraphState, request: GraphRequest, now: Date, ignored: boolean): Answer {
  const app = readClient(state, request);
  if ("error" in app) return app;
  for (const name of ["access_token", "revoke_token"]) {
    const raw = request.query.get(name) ?? "";
    if (raw === "") return { error: badParameter(`(#100) The parameter ${name} is required`) };
    const token = readLiveToken(state, raw, app, now);
    if ("error" in token) return token;
    if (name === "revoke_token" && !ignored) token.standing = { kind: "revoked", subcode: 466 };
  }
  return { body: { success: "true" } };
}
