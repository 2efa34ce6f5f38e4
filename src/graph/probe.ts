import { holdDuring } from "../token/secret/held.ts";
import type { InspectionFailure, Needs } from "../token/inspection.ts";
import type { Secret } from "../token/secret/secret.ts";
import { clean } from "./clean.ts";
import { type GraphClient, REQUEST_TIMEOUT_MS } from "./client.ts";
import { type App, appTokenOf, readDebugToken } from "./debug-token.ts";
import { accusesSetting } from "./errors.ts";
import { explained } from "./failures.ts";
import { headerOf } from "./headers.ts";
import type { RawReply } from "./raw-reply.ts";
import { type Answer, readReply } from "./reply.ts";

/** The result of a test call, for `doctor`. `skewMs` is our clock minus Graph's clock; null when Graph sent no time. */
export type GraphProbe =
  /** Graph accepted the app credential, or there was none to test. */
  | { readonly ok: true; readonly skewMs: number | null }
  | { readonly ok: false; readonly failure: InspectionFailure; readonly skewMs: number | null };

/**
 * Tests the app ID and secret with a call to `/debug_token`. Graph accepts them when it reports that the value is no
 * valid token (HTTP 200 with `is_valid: false`). A refused app gets an error instead. Without an app, only an error
 * about one of our settings is a failure. Sends one request without a retry. Does not throw when Graph or the network
 * fails.
 */
export function probeGraph(client: GraphClient, app: Needs["app"]): Promise<GraphProbe> {
  if (app === undefined) return probe(client, undefined);
  const bearer = appTokenOf(app);
  return holdDuring([bearer, app.secret], () => probe(client, { app, bearer }));
}

/** Sent instead of a token, because proxies log URLs, and no secret may appear in their logs. */
const NO_TOKEN = "not-a-token";

function skewOf(raw: RawReply, at: Date): number | null {
  const theirs = Date.parse(headerOf(raw.headers, "date") ?? "");
  return Number.isNaN(theirs) ? null : at.getTime() - theirs;
}

/** Without a credential every answer is an error. Only an error about one of our settings is a problem. */
function readAnyAnswer({
  error,
  evidence,
}: Answer): { readonly ok: true } | { readonly ok: false; readonly failure: InspectionFailure } {
  return error === null || !accusesSetting(error) ? { ok: true } : { ok: false, failure: explained(error, evidence) };
}

interface Credential {
  readonly app: App;
  readonly bearer: Secret;
}

async function probe(client: GraphClient, credential: Credential | undefined): Promise<GraphProbe> {
  const bearer = credential?.bearer;
  const path = bearer === undefined ? "/app" : "/debug_token";
  const query = bearer === undefined ? {} : { input_token: NO_TOKEN };
  const raw = await client.get({ path, query, bearer, timeoutMs: REQUEST_TIMEOUT_MS });
  const at = client.now();
  const skewMs = skewOf(raw, at);
  const reply = readReply(raw, { call: `GET ${path}`, at, clean });
  if (!reply.ok) return { ...reply, skewMs };
  if (credential === undefined) return { ...readAnyAnswer(reply.answer), skewMs };
  const read = readDebugToken(reply.answer, { appId: credential.app.id, pinned: client.version }, clean);
  return read.ok ? { ok: true, skewMs } : { ...read, skewMs };
}
