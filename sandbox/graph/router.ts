import type { Answer } from "./answer.ts";
import { readCaller } from "./caller.ts";
import { debugToken } from "./debug-token.ts";
import { unsupportedRequest } from "./error.ts";
import type { FaultEffect } from "./faults/fault.ts";
import { app, me, permissions } from "./me.ts";
import { refresh } from "./oauth/refresh.ts";
import { revoke } from "./oauth/revoke.ts";
import { object } from "./objects.ts";
import { checkProof, proofRefusal } from "./proof.ts";
import type { GraphRequest } from "./request.ts";
import type { GraphState } from "./state.ts";
import { answeringVersion } from "./version.ts";

/**
 * Graph's answer to a call at a given time. `baseUrl` is the address of this stand-in, for links in answers. `fault`
 * changes what a refresh or revoke does.
 */
export function answerCall(
  state: GraphState,
  request: GraphRequest,
  now: Date,
  baseUrl: string,
  fault?: FaultEffect,
): Answer {
  if (answeringVersion(request.askedVersion, now) === undefined) {
    return { error: { status: 400, code: 2500, message: `Unknown path components: ${request.path}` } };
  }
  const [id = ""] = request.edge.split("/").slice(1);
  if (request.method !== "GET") return { error: unsupportedRequest(request.method, id) };
  if (request.edge === "/debug_token") return debugToken(state, request, now);
  if (request.edge === "/oauth/access_token")
    return refresh(state, request, now, fault?.kind === "refresh" ? fault.gives : undefined);
  if (request.edge === "/oauth/revoke") return revoke(state, request, now, fault?.kind === "revoke_ignored");
  const caller = readCaller(state, request, now);
  if (caller.kind === "refused") return caller;
  if (caller.kind === "token") {
    const check = checkProof(request.query, caller.raw, caller.app.secret, now);
    const refusal = proofRefusal(check, caller.app.requireProof);
    if (refusal !== undefined) return { error: refusal };
  }
  switch (request.edge) {
    case "/me":
      return me(state, request, caller);
    case "/me/permissions":
      return permissions(caller);
    case "/app":
      return app(request, caller);
    default:
      return object(state, request, caller, baseUrl);
  }
}
