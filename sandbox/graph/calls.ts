import { createHash } from "node:crypto";
import { credentialOf } from "./caller.ts";
import { checkProof, type ProofCheck } from "./proof.ts";
import type { GraphRequest } from "./request.ts";
import type { GraphState } from "./state.ts";

/** One call as it was received. Contains no token and no secret, so it may be printed. */
export interface GraphCall {
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  /** The path without its version. */
  readonly edge: string;
  /** Tokens by label, secrets as `***`, `appsecret_proof` as `right` or `wrong`. */
  readonly query: Readonly<Record<string, string>>;
  /** Label of the calling token; `app <id>` for an app token; undefined without a credential. */
  readonly caller: string | undefined;
  readonly proof: ProofCheck;
  /** The kind of fault that was applied to this call. */
  readonly fault: string | undefined;
  /** Undefined while the call is in progress, and when no answer was sent. */
  status: number | undefined;
}

/** The record of a call, made when the call arrives: label and secret of the token are those of that moment. */
export function recordCall(state: GraphState, request: GraphRequest, now: Date, fault: string | undefined): GraphCall {
  const raw = credentialOf(request)?.raw;
  const proof = proofOf(state, request, raw, now);
  return {
    at: now,
    method: request.method,
    path: scrub(request.path),
    edge: scrub(request.edge),
    query: maskedQuery(state, request.query, proof),
    caller: raw === undefined ? undefined : labelOf(state, raw),
    proof,
    fault,
    status: undefined,
  };
}

const tokenParameters = new Set(["access_token", "input_token", "fb_exchange_token", "revoke_token"]);
const tokenShaped = /(?:EAA|CAA|IGAA|THAA)[0-9A-Za-z]{20,}|\d{5,}(?:\||%7C)[^&\s/]+/gi;

function scrub(text: string): string {
  return text.replaceAll(tokenShaped, "***");
}

/** The name of a credential in records: its label, or a short hash that distinguishes unknown credentials. */
function labelOf(state: GraphState, raw: string): string {
  const known = state.tokens.get(raw);
  if (known !== undefined) return known.label;
  const [, appId, secret] = /^(\d+)\|(.+)$/.exec(raw) ?? [];
  if (appId === undefined) return `stranger-${createHash("sha256").update(raw).digest("hex").slice(0, 8)}`;
  return state.apps.get(appId)?.secret === secret ? `app ${appId}` : `app ${appId} (wrong secret)`;
}

function maskedQuery(state: GraphState, query: URLSearchParams, proof: ProofCheck): Record<string, string> {
  const entries = [...query].map(([name, value]): [string, string] => {
    if (tokenParameters.has(name)) return [name, value === "" ? "" : labelOf(state, value)];
    if (name === "appsecret_proof") return [name, proof];
    if (name === "client_secret") return [name, "***"];
    return [scrub(name), scrub(value)];
  });
  return Object.fromEntries(entries);
}

function proofOf(state: GraphState, request: GraphRequest, raw: string | undefined, now: Date): ProofCheck {
  const token = raw === undefined ? undefined : state.tokens.get(raw);
  const secret = token && state.apps.get(token.appId)?.secret;
  if (raw !== undefined && secret !== undefined) return checkProof(request.query, raw, secret, now);
  return request.query.has("appsecret_proof") ? "wrong" : "none";
}
