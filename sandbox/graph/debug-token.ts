import type { Answer } from "./answer.ts";
import { type Caller, readCaller } from "./caller.ts";
import { badParameter, notAnAppToken } from "./error.ts";
import { fieldNames } from "./fields.ts";
import type { GraphRequest } from "./request.ts";
import type { GraphApp, GraphState } from "./state.ts";
import { malformedTokenText } from "./tokens/token-death.ts";
import { tokenFacts } from "./tokens/token-facts.ts";

/**
 * GET /debug_token (Graph API reference, read 2026-11): answers 200 for dead tokens too. A top-level error is about the
 * caller's own credential.
 */
export function debugToken(state: GraphState, request: GraphRequest, now: Date): Answer {
  const caller = readCaller(state, request, now);
  // Meta answers 400 on this edge, to a Bearer credential too.
  if (caller.kind === "refused") return { error: { ...caller.error, status: 400 } };
  if (caller.kind === "none" || !mayInspect(caller)) return { error: notAnAppToken };
  const input = request.query.get("input_token");
  if (input === null || input === "") return { error: badParameter("(#100) The parameter input_token is required") };
  const facts = inspect(state, input, caller.app, now);
  if (facts === undefined) {
    return { error: badParameter("(#100) The App_id in the input_token did not match the Viewing App") };
  }
  const asked = request.query.get("fields");
  if (asked === null) return { body: { data: facts } };
  // A fact that this token does not have is left out; it does not count as an unknown field.
  const names = new Set(fieldNames(asked));
  return { body: { data: Object.fromEntries(Object.entries(facts).filter(([name]) => names.has(name))) } };
}

/** A caller may inspect tokens of an app as the app itself or as one of its developers. */
function mayInspect(caller: Extract<Caller, { kind: "app" | "token" }>): boolean {
  if (caller.kind === "app") return !caller.app.native;
  return caller.token.type === "USER" && caller.app.developers.has(caller.token.userId);
}

/** The facts about the input token; undefined when it belongs to an app other than the viewing one. */
function inspect(state: GraphState, raw: string, viewer: GraphApp, now: Date): Record<string, unknown> | undefined {
  const appId = /^(\d+)\|/.exec(raw)?.[1];
  if (appId !== undefined && appId !== viewer.id) return undefined;
  if (raw === `${viewer.id}|${viewer.secret}`) {
    return { app_id: viewer.id, type: "APP", application: viewer.name, is_valid: true, scopes: [] };
  }
  const token = state.tokens.get(raw);
  if (token === undefined) {
    return { error: { code: 190, message: malformedTokenText(raw) }, is_valid: false, scopes: [] };
  }
  return token.appId === viewer.id ? tokenFacts(token, viewer, now) : undefined;
}
